package shedlab.report.metric;

import static shedlab.report.metric.Unit.CAPACITY;
import static shedlab.report.metric.Unit.MICROS;
import static shedlab.report.metric.Unit.MILLIS;
import static shedlab.report.metric.Unit.NONE;
import static shedlab.report.metric.Unit.SECONDS;
import static shedlab.report.metric.Unit.SHARE;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.metric.Summary.Row;
import shedlab.report.raw.Floor;

/**
 * Every figure that describes a strategy over all loads, in the order of {@code scores.csv}. An
 * entry has everything about a figure.
 */
public enum ScoreMetric {
  PEAK_SHARE(
      "peak_share",
      SHARE,
      4,
      "the greatest `goodput_share` at any load",
      rows -> greatest(rows, Metric.GOODPUT_SHARE)),
  RETAINED_2X(
      "retained_2x",
      SHARE,
      4,
      "`goodput_share` at 2x, as a share of the peak",
      rows -> atDouble(rows, Metric.GOODPUT_SHARE) / greatest(rows, Metric.GOODPUT_SHARE)),
  TOP_LOAD("top_load", CAPACITY, 2, "the highest load with figures", rows -> top(rows).load()),
  RETAINED_TOP(
      "retained_top",
      SHARE,
      4,
      "`goodput_share` at the highest load, as a share of the peak",
      rows -> top(rows).get(Metric.GOODPUT_SHARE) / greatest(rows, Metric.GOODPUT_SHARE)),
  AREA_REGRET(
      "area_regret",
      SHARE,
      4,
      "mean `regret` over the loads from 0.5x to 3x, by trapezoids",
      ScoreMetric::areaRegret),
  FALSE_SHED_SHARE(
      "false_shed_share",
      SHARE,
      5,
      "the greatest `shed_share` at any load below 1x",
      rows -> greatest(rows.stream().filter(r -> r.load() < 1).toList(), Metric.SHED_SHARE)),
  ADMITTED_P99_2X("admitted_p99_2x_us", Metric.ADMITTED_P99),
  SHED_P99_2X("shed_p99_2x_us", Metric.SHED_P99),
  WASTED_2X(
      "wasted_2x_share",
      SHARE,
      4,
      "`wasted_share` at 2x",
      rows -> atDouble(rows, Metric.WASTED_SHARE)),
  CPU_PER_GOOD_2X(
      "cpu_per_good_2x_us",
      MICROS,
      1,
      "`cpu_per_good_us` at 2x",
      rows -> atDouble(rows, Metric.CPU_PER_GOOD)),
  CPU_PER_SHED(
      "cpu_per_shed_us",
      MICROS,
      1,
      "`cpu_per_shed_us` at the highest load at which it exceeds the noise of the capacity",
      rows -> last(rows, Metric.CPU_PER_SHED)),
  SETTLE(
      "settle_s",
      SECONDS,
      1,
      "the greatest `settle_s` at any load",
      rows -> greatest(rows, Metric.SETTLE)),
  OVERSHOOT(
      "overshoot_ms",
      MILLIS,
      1,
      "the greatest `overshoot_ms` at any load",
      rows -> greatest(rows, Metric.OVERSHOOT)),
  RECOVERY(
      "recovery_s",
      SECONDS,
      1,
      "the greatest `recovery_s` at any load",
      rows -> greatest(rows, Metric.RECOVERY)),
  JAIN("jain", NONE, 4, "the least `jain` at any load", rows -> least(rows, Metric.JAIN));

  private static final double FROM = 0.5;
  private static final double TO = 3;
  private static final double DOUBLE = 2;

  private final String title;
  private final Unit unit;
  private final int digits;
  private final String meaning;
  private final @Nullable Metric time;

  // Function references and lambdas without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ToDoubleFunction<List<Row>> of;

  ScoreMetric(String title, Unit unit, int digits, String meaning, ToDoubleFunction<List<Row>> of) {
    this(title, unit, digits, meaning, of, null);
  }

  /** A percentile of response times at 2x. */
  ScoreMetric(String title, Metric time) {
    this(
        title,
        time.unit(),
        time.digits(),
        "`" + time.title() + "` at 2x",
        rows -> atDouble(rows, time),
        time);
  }

  ScoreMetric(
      String title,
      Unit unit,
      int digits,
      String meaning,
      ToDoubleFunction<List<Row>> of,
      @Nullable Metric time) {
    this.time = time;
    this.title = title;
    this.unit = unit;
    this.digits = digits;
    this.meaning = meaning;
    this.of = of;
  }

  /** The figure of a strategy; NaN if the run has no such load or figure. */
  double of(List<Row> byLoad) {
    return of.applyAsDouble(byLoad);
  }

  /** True if a score's figure cannot be told from the machine's own. */
  boolean within(Floor floor, Scores.Score score) {
    double figure = score.get(this);
    return time != null
        && Double.isFinite(figure)
        && time.percentile().filter(of -> floor.covers(of, Math.round(figure))).isPresent();
  }

  /** Its column in {@code scores.csv}. */
  Column<Scores.Score> column() {
    return new Column<>(title, unit, meaning, score -> Fields.number(score.get(this), digits));
  }

  String title() {
    return title;
  }

  private static Row top(List<Row> rows) {
    return rows.get(rows.size() - 1);
  }

  /** The measured loads over which {@code area_regret} is a mean; empty if they are too few. */
  public static Optional<List<Double>> measuredPart(List<Double> loads) {
    List<Double> part = loads.stream().filter(l -> l >= FROM && l <= TO).sorted().toList();
    return part.size() < 2 ? Optional.empty() : Optional.of(part);
  }

  private static double atDouble(List<Row> rows, Metric metric) {
    return rows.stream()
        .filter(r -> r.load() == DOUBLE)
        .findFirst()
        .map(r -> r.get(metric))
        .orElse(Double.NaN);
  }

  private static double last(List<Row> rows, Metric metric) {
    return rows.stream()
        .mapToDouble(r -> r.get(metric))
        .filter(figure -> !Double.isNaN(figure))
        .reduce(Double.NaN, (lower, higher) -> higher);
  }

  private static double greatest(List<Row> rows, Metric metric) {
    return rows.stream()
        .mapToDouble(r -> r.get(metric))
        .filter(figure -> !Double.isNaN(figure))
        .max()
        .orElse(Double.NaN);
  }

  private static double least(List<Row> rows, Metric metric) {
    return rows.stream()
        .mapToDouble(r -> r.get(metric))
        .filter(figure -> !Double.isNaN(figure))
        .min()
        .orElse(Double.NaN);
  }

  /**
   * The mean over the part of the range that the loads cover; NaN with fewer than two loads in it.
   */
  private static double areaRegret(List<Row> rows) {
    List<Row> range = rows.stream().filter(r -> r.load() >= FROM && r.load() <= TO).toList();
    double area = 0;
    for (int i = 1; i < range.size(); i++) {
      Row left = range.get(i - 1);
      Row right = range.get(i);
      double mean = (left.get(Metric.REGRET) + right.get(Metric.REGRET)) / 2;
      area += (right.load() - left.load()) * mean;
    }
    return range.size() < 2
        ? Double.NaN
        : area / (range.get(range.size() - 1).load() - range.get(0).load());
  }
}
