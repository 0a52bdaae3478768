package shedlab.report.metric;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.result.CellResult;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Latency;
import shedlab.report.statistics.Median;

/**
 * How the figures of valid repeats become one. NaN if no repeat has the figure.
 *
 * @param words its description in the data dictionary; empty for the median, which is the default
 */
record Fold(String words, ToDoubleFunction<Repeats> of) {

  static Fold median(ToDoubleFunction<CellResult> figure) {
    return median((cell, repeats) -> figure.applyAsDouble(cell));
  }

  /** The median of a figure that depends on more than the cell. */
  static Fold median(ToDoubleBiFunction<CellResult, Repeats> figure) {
    return new Fold(
        "",
        repeats ->
            Median.ofFinite(
                repeats.valid().stream().mapToDouble(c -> figure.applyAsDouble(c, repeats))));
  }

  static Fold least(ToDoubleFunction<CellResult> figure) {
    return new Fold(
        "the least of the repeats",
        repeats -> repeats.valid().stream().mapToDouble(figure).min().orElse(Double.NaN));
  }

  static Fold greatest(ToDoubleFunction<CellResult> figure) {
    return new Fold(
        "the greatest of the repeats",
        repeats -> repeats.valid().stream().mapToDouble(figure).max().orElse(Double.NaN));
  }

  /** The achievable goodput minus the median of a figure. */
  static Fold missed(ToDoubleFunction<CellResult> figure) {
    return new Fold("", repeats -> repeats.ideal() - median(figure).of().applyAsDouble(repeats));
  }

  /**
   * The median of a percentile. A repeat without any such answer does not count: its zeros are no
   * times.
   */
  static Fold time(Function<CellResult, Latency> answers, ToLongFunction<Latency> percentile) {
    Fold median =
        median(
            cell -> {
              Latency latency = answers.apply(cell);
              return latency.count() == 0 ? Double.NaN : percentile.applyAsLong(latency);
            });
    return new Fold(
        "",
        repeats -> {
          double micros = median.of().applyAsDouble(repeats);
          return micros == 0 ? Double.NaN : micros;
        });
  }

  /** 1 if a count is at least {@code least} in every repeat, else 0. */
  static Fold all(ToLongFunction<CellResult> count, long least) {
    return new Fold(
        "yes if every repeat has them",
        repeats ->
            repeats.valid().stream()
                .mapToDouble(c -> count.applyAsLong(c) >= least ? 1 : 0)
                .min()
                .orElse(Double.NaN));
  }

  /** The median; a repeat that never recovered counts as infinitely slow. */
  static Fold slowest(Function<Dynamics, @Nullable Double> seconds) {
    return new Fold(
        "the median; a repeat that never got there counts as infinite",
        repeats -> {
          List<Dynamics> all =
              repeats.valid().stream()
                  .map(c -> c.clientSide().dynamics())
                  .filter(Objects::nonNull)
                  .toList();
          return Median.of(
              all.stream()
                  .map(seconds)
                  .mapToDouble(s -> s == null ? Double.POSITIVE_INFINITY : s)
                  .toArray());
        });
  }
}
