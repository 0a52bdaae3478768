package shedlab.bench.cleanrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.bench.cleanrate.profile.Profile;
import shedlab.bench.host.CpuSplit;
import shedlab.report.metric.Column;
import shedlab.report.result.Invocation;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * The write-up of a comparison, as Markdown.
 *
 * @param subjects in the order of the tables
 * @param machine its CPUs, with one load generator
 * @param profile null without one
 */
record CleanRateReport(
    Findings findings,
    List<Generators> subjects,
    CpuSplit machine,
    String server,
    Pace pace,
    @Nullable Profile profile) {
  String markdown(Map<String, String> environment, List<String> invocation) {
    StringBuilder text = new StringBuilder("# The greatest clean rate of load generators\n\n");
    if (!pace.evidence() || machine.shared()) {
      text.append("**Not evidence**: one block, or both sides share a CPU.\n\n");
    }
    text.append(
        """
        Load generators as a run starts them offer rising constant rates (Poisson arrivals, kept connections) to %s under
        `reject-all+none`: a refusal is the cheapest answer. A rate is clean if the certificate of a run would find nothing to
        blame on the generators (starts, lateness, CPU, collections, with a deadline of %d ms); one that is not clean %s.
        Then the last gap is halved %s. Every figure is the median of %s, with the least and the most;
        in each, server and generators are fresh processes that %d s of load have warmed. A load begins when the compilers of both sides
        have done what they had to, after ten seconds at most, and counts for %d s behind a
        lead-in. Every other block runs backwards.

        """
            .formatted(
                server,
                Measurement.DEADLINE.toMillis(),
                pace.attempts() > 1 ? "is offered again, and that decides" : "is not offered again",
                Prose.count(pace.bisections(), "time"),
                Prose.count(pace.blocks(), "block"),
                pace.warmUp(),
                pace.window()));
    text.append("## Requests a second\n\n").append(cleanRates().markdown()).append('\n');
    text.append(
        """
        ## CPU time of a request

        In µs, of all load generators together and of the server. "Busiest" is the share of its CPUs that the busiest
        generator used.

        """);
    text.append(costs().markdown()).append('\n');
    beside(text);
    if (profile != null) {
      text.append(profile.markdown()).append('\n');
    }
    gaps(text);
    environment(text, environment);
    text.append("## Columns of clean-rate.csv\n\n").append(Column.dictionary(RowColumns.ALL));
    return text.append("\nMade by `").append(Invocation.line(invocation)).append("`.\n").toString();
  }

  private Table cleanRates() {
    List<List<String>> rows = new ArrayList<>();
    for (Generators each : subjects) {
      CpuSplit cpus = each.on(machine);
      rows.add(
          List.of(
              name(each),
              cpus.injectorLists() + (cpus.injectorsShare() ? " (shared)" : ""),
              findings.clean(each).text(0),
              timesOne(each),
              beyond(each),
              findings.serverWasTheLimit(each) ? "the server was the limit" : "the generators"));
    }
    return Table.of(
        List.of(
            "load generators",
            "CPU",
            "clean up to, 1/s",
            "times one",
            "what broke beyond (blocks)",
            "the limit"),
        2,
        rows);
  }

  private static String name(Generators generators) {
    return generators.flags().isEmpty()
        ? "" + generators.number()
        : generators.number() + ", `" + generators.flagText() + "`";
  }

  private String timesOne(Generators of) {
    Generators one = new Generators(1, of.flags());
    return of.number() == 1 || !subjects.contains(one)
        ? Numbers.NO_FIGURE
        : findings.ratioOfClean(of, one).text();
  }

  private String beyond(Generators of) {
    String broke =
        findings.broke(of).entrySet().stream()
            .map(check -> check.getKey() + " (" + check.getValue() + ")")
            .collect(Collectors.joining("; "));
    long endless = findings.endless(of);
    String nothing = endless == 0 ? "" : "nothing was tried beyond (" + endless + ")";
    return broke.isEmpty() || nothing.isEmpty() ? broke + nothing : broke + "; " + nothing;
  }

  private Table costs() {
    List<List<String>> rows = new ArrayList<>();
    for (Generators each : subjects) {
      for (int rate : fixed()) {
        rows.add(cost(each, rate + "/s", figure -> findings.at(each, rate, figure)));
      }
      rows.add(cost(each, "greatest clean", figure -> findings.atGreatest(each, figure)));
    }
    return Table.of(
        List.of("load generators", "at", "generators, µs", "server, µs", "busiest", "server's CPU"),
        2,
        rows);
  }

  private interface Spreads {
    Findings.Spread of(ToDoubleFunction<Reading> figure);
  }

  private static List<String> cost(Generators generators, String at, Spreads spreads) {
    return List.of(
        name(generators),
        at,
        spreads.of(Reading::generatorMicros).text(1),
        spreads.of(Reading::serverMicros).text(1),
        Numbers.wholePercent(spreads.of(Reading::busiest).median()),
        Numbers.wholePercent(spreads.of(Reading::serverShare).median()));
  }

  private List<Integer> fixed() {
    return Pace.FIXED.stream().filter(pace.rates()::contains).toList();
  }

  private void beside(StringBuilder text) {
    List<List<String>> rows = new ArrayList<>();
    for (Generators each : subjects) {
      Generators plain = Generators.asRuns(each.number());
      if (each.flags().isEmpty() || !subjects.contains(plain)) {
        continue;
      }
      for (int rate : fixed()) {
        rows.add(
            List.of(
                name(each),
                "µs of the generators at " + rate + "/s",
                findings.ratio(each, plain, rate, Reading::generatorMicros).text()));
      }
      rows.add(
          List.of(name(each), "greatest clean rate", findings.ratioOfClean(each, plain).text()));
    }
    if (!rows.isEmpty()) {
      text.append("## With further flags\n\n");
      text.append(
          """
          How many times the figure is that of as many generators without the flags in the same block, with the 95 % interval
          of its mean over the blocks (Student's t).

          """);
      text.append(Table.of(List.of("load generators", "figure", "ratio"), 2, rows).markdown());
      text.append('\n');
    }
  }

  private void gaps(StringBuilder text) {
    if (!findings.gaps().isEmpty()) {
      text.append("## Not measured\n\n");
      findings.gaps().forEach(gap -> text.append("- ").append(gap).append('\n'));
      text.append('\n');
    }
  }

  private static void environment(StringBuilder text, Map<String, String> environment) {
    text.append("## Environment\n\n| | |\n| --- | --- |\n");
    environment.forEach(
        (fact, value) ->
            text.append("| ").append(fact).append(" | ").append(value.strip()).append(" |\n"));
    text.append('\n');
  }
}
