package shedlab.report.table;

import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shedlab.report.statistics.Median;
import shedlab.report.table.Table.Cell;
import shedlab.report.text.Numbers;

/** How long runs took to settle or to recover, in one cell of a table. */
final class DynamicsCell {
  private DynamicsCell() {}

  /**
   * A median, with the least and the greatest if they differ; the range of those that have a figure
   * if some have none.
   */
  static Cell of(Stream<@Nullable Double> figures) {
    List<@Nullable Double> runs = figures.toList();
    double[] all =
        runs.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).sorted().toArray();
    if (all.length == 0) {
      return Cell.of("never", "weak");
    }
    String median = Numbers.fixed(Median.ofFinite(DoubleStream.of(all)), 1);
    String least = Numbers.fixed(all[0], 1);
    String most = Numbers.fixed(all[all.length - 1], 1);
    String range = least.equals(most) ? least : least + " to " + most;
    if (all.length < runs.size()) {
      return Cell.of(range + " in " + all.length + " of " + runs.size(), "weak");
    }
    return Cell.of(least.equals(most) ? median : median + " (" + range + ")");
  }
}
