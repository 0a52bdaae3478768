package shedlab.report.finding;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import shedlab.report.metric.Summary.Row;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/** How long requests took at one load, in a sentence each. */
final class ResponseTimes {
  private final StrategyNames names;
  private final String at;

  ResponseTimes(StrategyNames names, String at) {
    this.names = names;
    this.at = at;
  }

  String admitted(List<Row> rows) {
    return extremes(
        rows.stream().filter(r -> r.admitted().supportsP99()).toList(),
        r -> r.admitted().p99(),
        "the p99 of admitted requests " + at);
  }

  String shed(List<Row> rows) {
    return extremes(
        rows.stream().filter(r -> r.shed().count() > 0).toList(),
        r -> r.shed().p50(),
        "the median response time of 429s " + at);
  }

  private String extremes(List<Row> rows, Function<Row, Long> micros, String what) {
    if (rows.isEmpty()) {
      return "This run has too few samples for " + what + ".";
    }
    Row least = rows.stream().min(Comparator.comparing(micros)).orElseThrow();
    Row most = rows.stream().max(Comparator.comparing(micros)).orElseThrow();
    String first = what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
    return least.equals(most)
        ? first + " was " + one(least, micros) + "."
        : first + " ranged from " + one(least, micros) + " to " + one(most, micros) + ".";
  }

  private String one(Row row, Function<Row, Long> micros) {
    String time = Numbers.millis(micros.apply(row));
    return time + " ms (" + names.code(row.strategy()) + " on " + row.server() + ")";
  }
}
