package shedlab.report.history;

import java.util.List;
import shedlab.report.chart.Axis;
import shedlab.report.metric.Metric;
import shedlab.report.text.Numbers;

/** The figures that are followed from run to run. */
enum Headlined {
  /** What a strategy is for. */
  GOODPUT(Metric.GOODPUT_SHARE, Metric.GOODPUT, "goodput in % of the capacity", 0.01),
  /** What an admitted request waits. */
  P99(Metric.ADMITTED_P99, Metric.ADMITTED_P99, "p99 of the admitted", 0);

  private final Metric metric;
  private final Metric compared;
  private final String words;
  private final double least;

  Headlined(Metric metric, Metric compared, String words, double least) {
    this.metric = metric;
    this.compared = compared;
    this.words = words;
    this.least = least;
  }

  static List<Headlined> all() {
    return List.of(values());
  }

  /** Of which a cell has a figure. */
  Metric metric() {
    return metric;
  }

  /** By which a run compares its strategies: the band of that is the band of this. */
  Metric compared() {
    return compared;
  }

  /** Its name in tables and charts. */
  String words() {
    return words;
  }

  /** Less than this is no step, in the figure's own unit. */
  double least() {
    return least;
  }

  /** A value with its unit. */
  String text(double value) {
    if (this == GOODPUT) {
      return Numbers.percent(value);
    }
    long micros = Math.round(value);
    return (micros == 0 ? "0" : Numbers.millis(micros)) + " ms";
  }

  /** A value with its interval. */
  String text(RunFigure figure) {
    return text(figure.value())
        + " ["
        + text(Math.max(0, figure.low()))
        + ", "
        + text(figure.high())
        + "]";
  }

  /** The axis of a chart of these values. */
  Axis axis(double least, double greatest) {
    return this == GOODPUT
        ? Axis.around(least, greatest, 0.01, " %")
        : Axis.around(least, greatest, 1_000, " ms");
  }
}
