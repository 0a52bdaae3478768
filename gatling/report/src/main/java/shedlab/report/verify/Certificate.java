package shedlab.report.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shedlab.report.clock.ClockOffset;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.Attempts;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.Judgement;

/**
 * Checks the validity certificate of a cell: every verdict must follow from its value and bound,
 * and every value from the load generator must be the one that it reported.
 */
final class Certificate {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");
  private static final Pattern BOUND =
      Pattern.compile("(?:(?:<=|>=|=) |NUMBER to )NUMBER".replace("NUMBER", NUMBER.pattern()));

  private static final Pattern COUNT = Pattern.compile("= [0-9]{1,18}");

  private Certificate() {}

  /** Verdicts that contradict their own values, {@code name: what is there (expected: ...)}. */
  static List<String> contradictions(Judgement judgement) {
    List<String> found = new ArrayList<>();
    for (Check check : judgement.checks()) {
      if (!follows(check.value(), check.bound(), check.ok())) {
        found.add(contradiction(check, "held", "broken"));
      }
    }
    for (Judgement.Finding finding : judgement.findings()) {
      if (!follows(finding.value(), finding.usual(), !finding.remarkable())) {
        Check same =
            new Check(finding.name(), finding.value(), finding.usual(), !finding.remarkable());
        found.add(contradiction(same, "no remark", "a remark"));
      }
    }
    return found;
  }

  private static String contradiction(Check check, String within, String beyond) {
    return check.name()
        + ": "
        + (check.ok() ? within : beyond)
        + " (expected: "
        + (check.ok() ? beyond : within)
        + ", as "
        + check.value()
        + " against "
        + check.bound()
        + " says)";
  }

  /**
   * Values are rounded: if one equals its bound, either verdict may be right. The same holds for a
   * value that is no number, as in earlier formats.
   */
  private static boolean follows(String measured, String bound, boolean ok) {
    if (bound.startsWith("any")) {
      return ok;
    }
    if (!NUMBER.matcher(measured).matches() || !BOUND.matcher(bound).matches()) {
      return true;
    }
    double value = Double.parseDouble(measured);
    String[] ends = bound.replaceFirst("^(<=|>=|=) ", "").split(" to ", -1);
    double low = bound.startsWith("<=") ? Double.NEGATIVE_INFINITY : Double.parseDouble(ends[0]);
    double high =
        bound.startsWith(">=")
            ? Double.POSITIVE_INFINITY
            : Double.parseDouble(ends[ends.length - 1]);
    boolean rounded = bound.contains(".") && (value == low || value == high);
    return rounded || ok == (low <= value && value <= high);
  }

  /**
   * What is known of a check.
   *
   * @param bound null if it is the runner's rule and not a count
   */
  record Known(String value, @Nullable String bound) {}

  /**
   * Of checks by name, what {@code client.json} tells.
   *
   * @param killed whether a server was killed: then the proxy answers for it, and the bounds of the
   *     server's counts are not the client's to tell
   */
  static Map<String, Known> told(LoadResult client, CellResult cell, boolean killed) {
    Map<String, Known> told = new LinkedHashMap<>();
    LoadResult.Whole whole = client.whole();
    LoadResult.Generator generator = client.generator();
    LoadResult.Gatling gatling = client.gatling();
    Attempts tries = whole.attempts();
    told.put("started", new Known(text(whole.started()), "= " + whole.intended()));
    told.put("recorded twice", new Known(text(whole.duplicates()), "= 0"));
    put(told, "slowest second, started / intended", generator.minStartRatio());
    generator(told, "", generator, client.window().seconds());
    List<LoadResult.Member> each = client.generators();
    for (int i = 0; i < each.size(); i++) {
      String which = "generator " + (i + 1) + " of " + each.size() + ": ";
      generator(told, which, each.get(i).generator(), client.window().seconds());
    }
    put(
        told,
        "starts of the generators apart, ms",
        ClockOffset.apartNanos(
                each.stream().map(member -> member.before().spanning(member.after())).toList())
            / 1e6);
    told.put("sum of outcomes", new Known(text(whole.outcomes().total()), "= " + whole.intended()));
    told.put("other statuses", new Known(text(whole.outcomes().other()), killed ? null : "= 0"));
    told.put("Gatling's log: 200s", new Known(text(gatling.ok()), "= " + tries.ok()));
    told.put(
        "Gatling's log: requests",
        new Known(text(gatling.ok() + gatling.ko()), "= " + tries.sent()));
    server(told, tries, whole.outcomes().other(), cell, killed);
    return told;
  }

  private static void generator(
      Map<String, Known> told, String which, LoadResult.Generator generator, double seconds) {
    put(told, which + "p99 of start lateness, ms", generator.lateness().p99Micros() / 1e3);
    put(told, which + "generator CPU", generator.cpuShare());
    put(told, which + "generator CPU, worst second", generator.worstSecondCpuShare());
    put(told, which + "generator GC", generator.gcMillis() / 1e3 / seconds);
    put(told, which + "generator GC, worst second, ms", (double) generator.worstSecondGcMillis());
  }

  private static void put(Map<String, Known> told, String name, double value) {
    told.put(name, new Known(text(value), null));
  }

  /** The server's counts, which another check states, less those of the client. */
  private static void server(
      Map<String, Known> told,
      Attempts tries,
      long otherStatuses,
      CellResult cell,
      boolean killed) {
    long unanswered = tries.failed() - otherStatuses;
    String all = unanswered == 0 ? "= 0" : "0 to " + unanswered;
    String bound = killed ? null : all;
    long shed = cell.serverSide().shedByReason().values().stream().mapToLong(Long::longValue).sum();
    told.put("server: shed - 429s", new Known(text(shed - tries.shed()), bound));
    for (Check check : cell.judgement().checks()) {
      if (check.name().equals("server: admitted + shed")
          && COUNT.matcher(check.bound()).matches()) {
        long received = Long.parseLong(check.bound().substring(2));
        long admitted = received - shed;
        told.put("server: admitted + shed", new Known(text(received), null));
        told.put("server: admitted - 200s", new Known(text(admitted - tries.ok()), bound));
        told.put(
            "server: received - answered",
            new Known(text(received - tries.ok() - tries.shed()), bound));
      }
    }
  }

  private static String text(long value) {
    return Long.toString(value);
  }

  /** As the runner writes a figure. */
  static String text(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
