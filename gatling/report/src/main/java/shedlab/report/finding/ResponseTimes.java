package shedlab.report.finding;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/** How long requests took at one load, in a sentence each. */
public final class ResponseTimes {
  private final List<Row> rows;
  private final StrategyNames names;
  private final String at;
  private final FloorWords floor;

  /** Of a summary's rows at the load of the run at which strategies are compared. */
  public ResponseTimes(
      Manifest plan, Summary summary, double load, StrategyNames names, FloorWords floor) {
    this.rows = summary.rows().stream().filter(r -> r.load() == load).toList();
    this.at = new OfferedLoad(plan, load).at();
    this.names = names;
    this.floor = floor;
  }

  /** How long admitted requests took, from best to worst. */
  public String admitted() {
    return extremes(
        rows.stream()
            .filter(r -> !StrategyNames.composition(r.strategy()).admitsNobody())
            .filter(r -> r.admitted().supportsP99())
            .toList(),
        Row::admitted,
        Latency::p99,
        "the p99 of admitted requests " + at);
  }

  /** How long a refusal took. */
  public String shed() {
    return extremes(
        rows.stream().filter(r -> r.shed().count() > 0).toList(),
        Row::shed,
        Latency::p50,
        "the median response time of 429s " + at);
  }

  /** How long the slowest refusals took; empty without enough samples. */
  public String slowestShed() {
    List<Row> enough = rows.stream().filter(r -> r.shed().supportsP99()).toList();
    return enough.isEmpty()
        ? ""
        : extremes(enough, Row::shed, Latency::p99, "the p99 of 429s " + at);
  }

  private String extremes(
      List<Row> all, Function<Row, Latency> of, ToLongFunction<Latency> percentile, String what) {
    if (all.isEmpty()) {
      return "This run has too few samples for " + what + ".";
    }
    Comparator<Row> byTime = Comparator.comparingLong(r -> percentile.applyAsLong(of.apply(r)));
    Row least = all.stream().min(byTime).orElseThrow();
    Row most = all.stream().max(byTime).orElseThrow();
    String first = what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
    String from = one(least, of, percentile);
    String range =
        least.equals(most)
            ? " was " + from
            : " ranged from " + from + " to " + one(most, of, percentile);
    return first
        + range
        + caveat(percentile.applyAsLong(of.apply(least)), most, of, percentile)
        + ".";
  }

  /** Where the machine explains the least of them, or all. */
  private String caveat(
      long least, Row most, Function<Row, Latency> of, ToLongFunction<Latency> percentile) {
    if (floor.mark(least, percentile).isEmpty()) {
      return "";
    }
    boolean both = !floor.mark(percentile.applyAsLong(of.apply(most)), percentile).isEmpty();
    return (both ? "; that is" : "; the least is") + " within twice this machine's noise floor";
  }

  private String one(Row row, Function<Row, Latency> of, ToLongFunction<Latency> percentile) {
    String time = Numbers.millis(percentile.applyAsLong(of.apply(row)));
    return time + " ms (" + names.code(row.strategy()) + " on " + row.server() + ")";
  }
}
