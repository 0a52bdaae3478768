package shedlab.report.metric;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;

/**
 * The properties of a {@link Metric}.
 *
 * @param title its column in {@code summary.csv}
 * @param digits to which it is rounded
 * @param fold how the figures of repeats become one
 * @param firmFrom least number of samples with which it may be quoted
 * @param samples the metric that counts these samples; null if any number is enough
 * @param shown its columns in tables
 * @param compared how two cells are compared by it; null if they are not
 */
record Entry(
    String title,
    Unit unit,
    int digits,
    Better better,
    Fold fold,
    String meaning,
    long firmFrom,
    @Nullable Metric samples,
    List<Shown> shown,
    @Nullable Compared compared) {

  /**
   * How two cells are compared by a metric.
   *
   * @param measure its name in {@code pairs.csv}
   * @param words its name in tables
   * @param figure of one cell; NaN if it has none that may be compared
   */
  record Compared(String measure, String words, ToDoubleFunction<CellResult> figure) {}

  static Entry entry(String title, Unit unit, int digits, Better better, Fold fold) {
    return new Entry(title, unit, digits, better, fold, "", 0, null, List.of(), null);
  }

  static Entry rate(String title, Better better, Fold fold) {
    return entry(title, Unit.PER_SECOND, 2, better, fold);
  }

  static Entry share(String title, Better better, Fold fold) {
    return entry(title, Unit.SHARE, 5, better, fold);
  }

  static Entry mean(String title, ToDoubleFunction<CellResult> requests) {
    return entry(title, Unit.REQUESTS, 2, Better.NEITHER, Fold.median(requests));
  }

  static Entry cost(String title, Fold fold) {
    return entry(title, Unit.MICROS, 1, Better.LESS, fold);
  }

  static Entry outcome(String title, Better better, ToLongFunction<Outcomes> count) {
    return share(title, better, Fold.median(cell -> Figures.share(cell, count)));
  }

  static Entry count(String title, Function<CellResult, Latency> answers) {
    Fold fewest = Fold.least(cell -> answers.apply(cell).count());
    return entry(title, Unit.REQUESTS, 0, Better.NEITHER, fewest);
  }

  static Entry admitted(String title, ToLongFunction<Latency> percentile) {
    Fold time = Fold.time(cell -> cell.clientSide().admittedLatency(), percentile);
    return entry(title, Unit.MICROS, 0, Better.LESS, time);
  }

  static Entry shed(String title, ToLongFunction<Latency> percentile) {
    Fold time = Fold.time(cell -> cell.clientSide().shedLatency(), percentile);
    return entry(title, Unit.MICROS, 0, Better.LESS, time);
  }

  static Entry quotable(String title, Function<CellResult, Latency> answers) {
    Fold all = Fold.all(cell -> answers.apply(cell).count(), Latency.SUPPORTS_P99);
    return entry(title, Unit.YES_NO, 0, Better.NEITHER, all);
  }

  Entry means(String words) {
    return new Entry(title, unit, digits, better, fold, words, firmFrom, samples, shown, compared);
  }

  Entry firm(long from, Metric counted) {
    return new Entry(title, unit, digits, better, fold, meaning, from, counted, shown, compared);
  }

  Entry shown(Shown... columns) {
    List<Shown> all = List.of(columns);
    return new Entry(title, unit, digits, better, fold, meaning, firmFrom, samples, all, compared);
  }

  Entry compared(String measure, String words, ToDoubleFunction<CellResult> figure) {
    Compared how = new Compared(measure, words, figure);
    return new Entry(title, unit, digits, better, fold, meaning, firmFrom, samples, shown, how);
  }

  /** Its meaning, and how the figures of repeats become one if that is not by the median. */
  String sentence() {
    return meaning + (fold.words().isEmpty() ? "" : "; " + fold.words());
  }
}
