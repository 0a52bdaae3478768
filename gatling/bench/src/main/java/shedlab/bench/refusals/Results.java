package shedlab.bench.refusals;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import shedlab.bench.outside.Ratio;
import shedlab.report.statistics.Median;

/** Medians and ratios of the valid rows. */
record Results(List<Row> rows) {
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
    return Ratio.overBlocks(
        rows.stream().mapToInt(Row::block).max().orElse(0),
        block -> in(block, subject, load, figure),
        block -> in(block, other, under, figure));
  }

  /** NaN without a valid row. */
  private double in(int block, Subject subject, Load load, ToDoubleFunction<Reading> figure) {
    return find(block, subject, load).map(figure::applyAsDouble).orElse(Double.NaN);
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
