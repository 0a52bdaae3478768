package shedlab.bench.refusals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import shedlab.bench.outside.Ratio;
import shedlab.bench.refusals.Load.Answer;
import shedlab.bench.refusals.Subject.Refusing;
import shedlab.report.metric.Column;
import shedlab.report.result.Invocation;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;

/** The write-up of a comparison, as Markdown. */
final class RefusalsReport {
  /** What a 429 has to reach of the server's own 200s per second. */
  private static final double OWN_BAR = 1.0;

  /** The same of Tokio's 429s per second. */
  private static final double TOKIO_BAR = 0.9;

  private final Results results;
  private final List<String> gaps;
  private final List<String> servers;
  private final Pace pace;
  private final boolean evidence;

  /**
   * A write-up of rows.
   *
   * @param gaps what could not be measured, and why
   * @param evidence false if both sides shared a CPU or the blocks are too few
   */
  RefusalsReport(
      List<Row> rows, List<String> gaps, List<String> servers, Pace pace, boolean evidence) {
    this.results = new Results(rows);
    this.gaps = gaps;
    this.servers = servers;
    this.pace = pace;
    this.evidence = evidence;
  }

  String markdown(Map<String, String> environment, List<String> invocation) {
    StringBuilder text = new StringBuilder("# What a 429 costs\n\n");
    if (!evidence) {
      text.append("**Not evidence**: one block, or both sides share a CPU.\n\n");
    }
    text.append(
        """
        One CPU for the server, another for the load generator, %d connections that ask again as soon as they are answered
        (wrk). Every figure is the median of %d blocks of %d s; in every block each server is a fresh process. A ratio is of
        two figures of one block, with the 95 %% interval of its mean over the blocks (Student's t). ✓ the whole interval
        reaches the bar, ✗ it lies below, ? it holds the bar.

        """
            .formatted(Load.CONNECTIONS, pace.blocks(), pace.window()));
    for (boolean kept : new boolean[] {true, false}) {
      section(
          text,
          kept ? "Kept connections" : "A connection for each request",
          """
          A `429` of a full `fixed:limit=1`, and the `200` of `/healthz`, per second. Bars: %s times the own 200s, %s times
          Tokio's 429s. Where the server used less than its CPU, the load generator was the limit. The task that
          holds the permit runs as SCHED_IDLE, on what the refusals leave; its CPU time is left out.
          """
              .formatted(Numbers.fixed(OWN_BAR, 1), Numbers.fixed(TOKIO_BAR, 1)),
          rates(kept));
      text.append("The same for each second of the server's CPU time:\n\n");
      text.append(costs(kept).markdown()).append('\n');
    }
    section(
        text,
        "reject-all and a full limit",
        "429s per second; `reject-all` has less to do, and must not be slower.\n",
        rejectAll());
    section(
        text,
        "From the first request",
        """
        429s per second over kept connections in the first %d s of a process that was not warmed up.
        """
            .formatted(pace.cold()),
        cold());
    section(
        text,
        "As many as are offered",
        """
        CPU time of a 429 of `reject-all` in µs, housekeeping and compilers included, at so many requests a second (h2load,
        %d kept connections).
        """
            .formatted(Generator.OFFERING),
        offered());
    marked(text);
    environment(text, environment);
    text.append("## Columns of refusals.csv\n\n").append(Column.dictionary(RowColumns.ALL));
    return text.append("\nMade by `").append(Invocation.line(invocation)).append("`.\n").toString();
  }

  private static void section(StringBuilder text, String title, String intro, Table table) {
    if (!table.rows().isEmpty()) {
      text.append("## ").append(title).append("\n\n").append(intro).append('\n');
      text.append(table.markdown()).append('\n');
    }
  }

  private Table rates(boolean kept) {
    Load refusal = Load.saturated(Answer.REFUSAL, kept);
    Load plain = Load.saturated(Answer.PLAIN, kept);
    List<List<String>> rows = new ArrayList<>();
    for (String server : servers) {
      Subject full = new Subject(server, Refusing.FULL, true);
      rows.add(
          List.of(
              server,
              whole(full, refusal, Reading::perSecond),
              whole(full, plain, Reading::perSecond),
              results.ratio(full, refusal, full, plain, Reading::perSecond).against(OWN_BAR),
              tokios(full, refusal, Reading::perSecond, r -> r.against(TOKIO_BAR)),
              Numbers.wholePercent(results.median(full, refusal, Reading::busy)),
              Numbers.wholePercent(results.median(full, plain, Reading::busy))));
    }
    return Table.of(
        List.of(
            "server",
            "429/s",
            "200/s",
            "429 / own 200",
            "429 / Tokio's",
            "CPU used, 429",
            "CPU used, 200"),
        1,
        rows);
  }

  private Table costs(boolean kept) {
    Load refusal = Load.saturated(Answer.REFUSAL, kept);
    Load plain = Load.saturated(Answer.PLAIN, kept);
    List<List<String>> rows = new ArrayList<>();
    for (String server : servers) {
      Subject full = new Subject(server, Refusing.FULL, true);
      rows.add(
          List.of(
              server,
              one(full, refusal, Reading::cpuMicros),
              one(full, plain, Reading::cpuMicros),
              results.ratio(full, refusal, full, plain, Reading::perCpuSecond).against(OWN_BAR),
              tokios(full, refusal, Reading::perCpuSecond, r -> r.against(TOKIO_BAR)),
              whole(full, refusal, Reading::bytes),
              whole(full, plain, Reading::bytes)));
    }
    return Table.of(
        List.of(
            "server",
            "µs per 429",
            "µs per 200",
            "429 / own 200",
            "429 / Tokio's",
            "bytes per 429",
            "bytes per 200"),
        1,
        rows);
  }

  private Table rejectAll() {
    List<List<String>> rows = new ArrayList<>();
    for (String server : servers) {
      for (boolean kept : new boolean[] {true, false}) {
        Load refusal = Load.saturated(Answer.REFUSAL, kept);
        Subject all = new Subject(server, Refusing.ALL, true);
        Subject full = new Subject(server, Refusing.FULL, true);
        rows.add(
            List.of(
                server,
                refusal.connections(),
                whole(all, refusal, Reading::perSecond),
                whole(full, refusal, Reading::perSecond),
                results.ratio(all, refusal, full, refusal, Reading::perSecond).against(1)));
      }
    }
    return Table.of(
        List.of("server", "connections", "`reject-all`", "`fixed:limit=1`, full", "ratio"),
        2,
        rows);
  }

  private Table cold() {
    Load refusal = Load.saturated(Answer.REFUSAL, true);
    List<List<String>> rows = new ArrayList<>();
    for (String server : servers) {
      Subject cold = new Subject(server, Refusing.FULL, false);
      Subject warm = new Subject(server, Refusing.FULL, true);
      rows.add(
          List.of(
              server,
              whole(cold, refusal, Reading::perSecond),
              whole(warm, refusal, Reading::perSecond),
              results.ratio(cold, refusal, warm, refusal, Reading::perSecond).text(),
              tokios(cold, refusal, Reading::perSecond, Ratio::text)));
    }
    return Table.of(
        List.of("server", "cold", "warm", "cold / warm", "cold / Tokio's cold"), 1, rows);
  }

  private Table offered() {
    List<String> columns = new ArrayList<>(List.of("server"));
    Visit.RATES.forEach(rate -> columns.add(rate + "/s"));
    Visit.RATES.forEach(rate -> columns.add("of Tokio's at " + rate + "/s"));
    boolean measured = results.rows().stream().anyMatch(row -> !row.load().isSaturated());
    return Table.of(
        columns, 1, measured ? servers.stream().map(this::offered).toList() : List.of());
  }

  private List<String> offered(String server) {
    Subject all = new Subject(server, Refusing.ALL, true);
    List<String> row = new ArrayList<>(List.of(server));
    Visit.RATES.forEach(rate -> row.add(one(all, Load.offered(rate), Reading::cpuMicros)));
    Visit.RATES.forEach(
        rate -> row.add(tokios(all, Load.offered(rate), Reading::cpuMicros, Ratio::text)));
    return row;
  }

  /** How many times it is Tokio's figure under the same load. */
  private String tokios(
      Subject subject, Load load, ToDoubleFunction<Reading> figure, Function<Ratio, String> text) {
    Subject tokio = new Subject(Subject.TOKIO, subject.refusing(), subject.warmed());
    return subject.isTokio()
        ? Numbers.NO_FIGURE
        : text.apply(results.ratio(subject, load, tokio, load, figure));
  }

  private void marked(StringBuilder text) {
    List<Row> marked = results.marked();
    text.append("## Checks\n\n");
    text.append(
        """
        The server's own counters agree with the load generator's counts in %d of %d rows: it has counted at most one
        request more for each connection, that of which the client did not await the answer. The gate never sees
        `/healthz`, and no server counts it: there the count is the load generator's.
        """
            .formatted(results.rows().size() - marked.size(), results.rows().size()));
    for (Row row : marked) {
      text.append("\n- block ").append(row.block()).append(", ").append(row.words()).append(": ");
      text.append(row.reading().problem()).append("; left out.");
    }
    gaps.forEach(gap -> text.append("\n- not measured: ").append(gap));
    text.append(marked.isEmpty() && gaps.isEmpty() ? "\n" : "\n\n");
  }

  private static void environment(StringBuilder text, Map<String, String> environment) {
    text.append("## Environment\n\n| | |\n| --- | --- |\n");
    environment.forEach(
        (fact, value) ->
            text.append("| ").append(fact).append(" | ").append(value.strip()).append(" |\n"));
    text.append('\n');
  }

  private String whole(Subject subject, Load load, ToDoubleFunction<Reading> figure) {
    return Numbers.fixed(results.median(subject, load, figure), 0);
  }

  private String one(Subject subject, Load load, ToDoubleFunction<Reading> figure) {
    return Numbers.fixed(results.median(subject, load, figure), 1);
  }
}
