package shedlab.bench.refusals;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import shedlab.report.statistics.Difference;
import shedlab.report.statistics.Median;
import shedlab.report.text.Numbers;

/** Medians and ratios of the valid rows. */
record Results(List<Row> rows) {
  /**
   * How many times a figure is another, which was read in the same block.
   *
   * @param difference its mean over the blocks with its interval
   */
  record Ratio(Difference difference) {
    double mean() {
      return Difference.ratio(difference.mean());
    }

    double low() {
      return Difference.ratio(difference.interval().low());
    }

    double high() {
      return Difference.ratio(difference.interval().high());
    }

    /** {@code 0.85 [0.83 to 0.88]}; without an interval if there is one block only. */
    String text() {
      return switch (difference.blocks()) {
        case 0 -> Numbers.NO_FIGURE;
        case 1 -> two(mean());
        default -> two(mean()) + " [" + two(low()) + " to " + two(high()) + "]";
      };
    }

    /** The same, and whether it reaches a bar: only if the whole interval does. */
    String against(double bar) {
      if (difference.blocks() < 2) {
        return text();
      }
      return text() + (low() >= bar ? " ✓" : high() < bar ? " ✗" : " ?");
    }

    private static String two(double value) {
      return Double.isInfinite(value) ? "∞" : Numbers.fixed(value, 2);
    }
  }

  /** Over all blocks; NaN without a valid row. */
  double median(Subject subject, Load load, ToDoubleFunction<Reading> figure) {
    return Median.ofFinite(
        rows.stream()
            .filter(row -> row.is(subject, load) && row.reading().valid())
            .map(Row::reading)
            .mapToDouble(figure));
  }

  /** Over the blocks in which both are valid. */
  Ratio ratio(
      Subject subject, Load load, Subject other, Load under, ToDoubleFunction<Reading> figure) {
    double[] differences =
        IntStream.rangeClosed(1, rows.stream().mapToInt(Row::block).max().orElse(0))
            .mapToObj(
                block ->
                    find(block, subject, load)
                        .flatMap(
                            first ->
                                find(block, other, under)
                                    .map(
                                        second ->
                                            Difference.between(
                                                figure.applyAsDouble(first),
                                                figure.applyAsDouble(second)))))
            .flatMap(Optional::stream)
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .toArray();
    return new Ratio(Difference.mean(differences));
  }

  private Optional<Reading> find(int block, Subject subject, Load load) {
    return rows.stream()
        .filter(row -> row.block() == block && row.is(subject, load))
        .map(Row::reading)
        .filter(Reading::valid)
        .findFirst();
  }

  /** Rows that something speaks against. */
  List<Row> marked() {
    return rows.stream().filter(row -> !row.reading().valid()).toList();
  }
}
