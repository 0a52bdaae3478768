package shedlab.report.finding;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.Latency;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/** How long requests took at one load, in a sentence each. */
final class ResponseTimes {
  private final StrategyNames names;
  private final String at;
  private final FloorWords floor;

  ResponseTimes(StrategyNames names, String at, FloorWords floor) {
    this.names = names;
    this.at = at;
    this.floor = floor;
  }

  String admitted(List<Row> rows) {
    return extremes(
        rows.stream().filter(r -> r.admitted().supportsP99()).toList(),
        Row::admitted,
        Latency::p99,
        "the p99 of admitted requests " + at);
  }

  String shed(List<Row> rows) {
    return extremes(
        rows.stream().filter(r -> r.shed().count() > 0).toList(),
        Row::shed,
        Latency::p50,
        "the median response time of 429s " + at);
  }

  private String extremes(
      List<Row> rows, Function<Row, Latency> of, ToLongFunction<Latency> percentile, String what) {
    if (rows.isEmpty()) {
      return "This run has too few samples for " + what + ".";
    }
    Comparator<Row> byTime = Comparator.comparingLong(r -> percentile.applyAsLong(of.apply(r)));
    Row least = rows.stream().min(byTime).orElseThrow();
    Row most = rows.stream().max(byTime).orElseThrow();
    String first = what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
    String from = one(least, of, percentile);
    String range =
        least.equals(most)
            ? " was " + from
            : " ranged from " + from + " to " + one(most, of, percentile);
    return first
        + range
        + "."
        + caveat(percentile.applyAsLong(of.apply(least)), most, of, percentile);
  }

  /** Where the machine explains the least of them, or all. */
  private String caveat(
      long least, Row most, Function<Row, Latency> of, ToLongFunction<Latency> percentile) {
    if (floor.mark(least, percentile).isEmpty()) {
      return "";
    }
    boolean all = !floor.mark(percentile.applyAsLong(of.apply(most)), percentile).isEmpty();
    return " "
        + (all ? "All of it is" : "The least of it is")
        + " within twice the noise floor of this machine.";
  }

  private String one(Row row, Function<Row, Latency> of, ToLongFunction<Latency> percentile) {
    String time = Numbers.millis(percentile.applyAsLong(of.apply(row)));
    return time + " ms (" + names.code(row.strategy()) + " on " + row.server() + ")";
  }
}
