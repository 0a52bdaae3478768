package shedlab.report.metric;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.account.CpuUse;
import shedlab.report.result.CellResult;
import shedlab.report.result.Dynamics;
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
 * @param percentile which percentile of response times it is; null if it is none
 * @param onlyIfAny whether a run without any such figure does not have its column
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
    @Nullable Compared compared,
    @Nullable ToLongFunction<Latency> percentile,
    boolean onlyIfAny) {

  /**
   * How two cells are compared by a metric.
   *
   * @param measure its name in {@code pairs.csv}
   * @param words its name in tables
   * @param figure of one cell; NaN if it has none that may be compared
   */
  record Compared(String measure, String words, ToDoubleFunction<CellResult> figure) {}

  static Entry entry(String title, Unit unit, int digits, Better better, Fold fold) {
    return new Entry(title, unit, digits, better, fold, "", 0, null, List.of(), null, null, false);
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

  /** What the CPUs of the server spent their time on; some runs do not tell it. */
  static Entry cpu(CpuUse use) {
    Fold median = Fold.median((cell, repeats) -> repeats.accounts().share(cell, use));
    return entry(use.column(), Unit.SHARE, 5, Better.NEITHER, median)
        .means("of the CPU time of the server's CPUs: " + use.meaning())
        .shown(Shown.column(View.CPU, use.title()))
        .onlyWhereMeasured();
  }

  /** When goodput was back after a disturbance. */
  static Entry settling(String title, String words, Function<Dynamics, @Nullable Double> seconds) {
    return entry(title, Unit.SECONDS, 1, Better.LESS, Fold.slowest(seconds))
        .means(words + "; `inf` if not before the end, empty on a plateau");
  }

  /** An outcome that is bad, and has one column in one table. */
  static Entry bad(String word, ToLongFunction<Outcomes> count, String words) {
    return outcome(word + "_share", Better.LESS, count)
        .means("requests " + words + ", of all")
        .shown(Shown.column(View.OUTCOMES, word));
  }

  static Entry outcome(String title, Better better, ToLongFunction<Outcomes> count) {
    return share(title, better, Fold.median(cell -> Figures.share(cell, count)));
  }

  /** What the load generator tells by this title; a run without it has no such column. */
  static Entry measured(String title, Unit unit, int digits, Better better) {
    Fold median = Fold.median(cell -> cell.clientSide().figures().getOrDefault(title, Double.NaN));
    return entry(title, unit, digits, better, median).onlyWhereMeasured();
  }

  static Entry count(String title, Function<CellResult, Latency> answers) {
    Fold fewest = Fold.least(cell -> answers.apply(cell).count());
    return entry(title, Unit.REQUESTS, 0, Better.NEITHER, fewest);
  }

  static Entry admitted(String title, String words, ToLongFunction<Latency> percentile) {
    Fold time = Fold.time(cell -> cell.clientSide().admittedLatency(), percentile);
    return answers(title, time, percentile).means(words + " of the response times of 200s");
  }

  static Entry shed(String title, String words, ToLongFunction<Latency> percentile) {
    Fold time = Fold.time(cell -> cell.clientSide().shedLatency(), percentile);
    return answers(title, time, percentile).means(words + " of the response times of 429s");
  }

  private static Entry answers(String title, Fold time, ToLongFunction<Latency> of) {
    return new Entry(
        title, Unit.MICROS, 0, Better.LESS, time, "", 0, null, List.of(), null, of, false);
  }

  static Entry quotable(String title, String what, Function<CellResult, Latency> answers) {
    Fold all = Fold.all(cell -> answers.apply(cell).count(), Latency.SUPPORTS_P99);
    return entry(title, Unit.YES_NO, 0, Better.NEITHER, all)
        .means("whether the 99th percentile of " + what + " may be quoted: there are 1000 or more");
  }

  Entry means(String words) {
    return with(words, firmFrom, samples, shown, compared, onlyIfAny);
  }

  Entry firm(long from, Metric counted) {
    return with(meaning, from, counted, shown, compared, onlyIfAny);
  }

  Entry shown(Shown... columns) {
    List<Shown> all = List.of(columns);
    return with(meaning, firmFrom, samples, all, compared, onlyIfAny);
  }

  Entry compared(String measure, String words, ToDoubleFunction<CellResult> figure) {
    Compared how = new Compared(measure, words, figure);
    return with(meaning, firmFrom, samples, shown, how, onlyIfAny);
  }

  /** Without its column in {@code summary.csv} where no row has the figure. */
  Entry onlyWhereMeasured() {
    return with(meaning, firmFrom, samples, shown, compared, true);
  }

  private Entry with(
      String words,
      long from,
      @Nullable Metric counted,
      List<Shown> columns,
      @Nullable Compared how,
      boolean ifAny) {
    return new Entry(
        title, unit, digits, better, fold, words, from, counted, columns, how, percentile, ifAny);
  }

  /** How two cells are compared by it, which they are. */
  Compared comparison() {
    return Objects.requireNonNull(compared, () -> title + " is not compared");
  }

  /** Its meaning, and how the figures of repeats become one if that is not by the median. */
  String sentence() {
    return meaning + (fold.words().isEmpty() ? "" : "; " + fold.words());
  }
}
