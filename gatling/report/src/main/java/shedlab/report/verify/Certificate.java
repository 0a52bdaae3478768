package shedlab.report.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import shedlab.report.result.Check;

/**
 * Checks the validity certificate of a cell: every verdict must follow from its value and bound,
 * and every value from the load generator must be the one that it reported.
 */
final class Certificate {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");
  private static final Pattern BOUND =
      Pattern.compile("(?:(?:<=|>=|=) |NUMBER to )NUMBER".replace("NUMBER", NUMBER.pattern()));

  private Certificate() {}

  /** Verdicts that contradict their own values, {@code name: what is there (expected: ...)}. */
  static List<String> contradictions(List<Check> checks) {
    List<String> found = new ArrayList<>();
    for (Check check : checks) {
      if (!follows(check)) {
        found.add(
            check.name()
                + ": "
                + (check.ok() ? "held" : "broken")
                + " (expected: "
                + (check.ok() ? "broken" : "held")
                + ", as "
                + check.value()
                + " against "
                + check.bound()
                + " says)");
      }
    }
    return found;
  }

  /**
   * Values are rounded: if one equals its bound, either verdict may be right. The same holds for a
   * value that is no number, as in earlier formats.
   */
  private static boolean follows(Check check) {
    String bound = check.bound();
    if (bound.startsWith("any")) {
      return check.ok();
    }
    if (!NUMBER.matcher(check.value()).matches() || !BOUND.matcher(bound).matches()) {
      return true;
    }
    double value = Double.parseDouble(check.value());
    String[] ends = bound.replaceFirst("^(<=|>=|=) ", "").split(" to ", -1);
    double low = bound.startsWith("<=") ? Double.NEGATIVE_INFINITY : Double.parseDouble(ends[0]);
    double high =
        bound.startsWith(">=")
            ? Double.POSITIVE_INFINITY
            : Double.parseDouble(ends[ends.length - 1]);
    boolean rounded = bound.contains(".") && (value == low || value == high);
    return rounded || check.ok() == (low <= value && value <= high);
  }

  /** Values by name, as {@code client.json} has them. */
  static Map<String, String> told(JsonNode client) {
    Map<String, String> told = new LinkedHashMap<>();
    JsonNode whole = client.path("whole");
    JsonNode outcomes = whole.path("outcomes");
    JsonNode generator = client.path("generator");
    JsonNode gatling = client.path("gatling");
    long sum =
        Stream.of("good", "late", "shed", "other", "timeout", "transport")
            .mapToLong(name -> outcomes.path(name).asLong())
            .sum();
    long ok = gatling.path("ok").asLong();
    told.put("started", text(whole.path("started").asLong()));
    told.put("recorded twice", text(whole.path("duplicates").asLong()));
    told.put(
        "slowest second, started / intended", text(generator.path("minStartRatio").asDouble()));
    told.put(
        "p99 of start lateness, ms",
        text(generator.path("lateness").path("p99Micros").asLong() / 1e3));
    told.put("generator CPU", text(generator.path("cpuShare").asDouble()));
    told.put("generator CPU, worst second", text(generator.path("worstSecondCpuShare").asDouble()));
    told.put(
        "generator GC",
        text(
            generator.path("gcMillis").asLong()
                / 1e3
                / client.path("window").path("seconds").asDouble()));
    told.put(
        "generator GC, worst second, ms",
        text((double) generator.path("worstSecondGcMillis").asLong()));
    told.put("sum of outcomes", text(sum));
    told.put("other statuses", text(outcomes.path("other").asLong()));
    told.put("Gatling's log: 200s", text(ok));
    told.put("Gatling's log: requests", text(ok + gatling.path("ko").asLong()));
    return told;
  }

  private static String text(long value) {
    return Long.toString(value);
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
