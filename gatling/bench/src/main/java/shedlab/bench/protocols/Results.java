package shedlab.bench.protocols;

import java.util.List;
import java.util.function.ToDoubleFunction;
import shedlab.bench.outside.Ratio;
import shedlab.report.statistics.Median;

/** Medians and ratios of the valid rows. */
record Results(List<Row> rows) {
  /** Over all blocks; NaN without a valid row. */
  double median(String server, Asked asked, ToDoubleFunction<Reading> figure) {
    return Median.ofFinite(
        rows.stream()
            .filter(row -> row.is(server, asked) && row.reading().valid())
            .map(Row::reading)
            .mapToDouble(figure));
  }

  /**
   * How many times as many of the first as of the second a server does for a second of its CPU
   * time, over the blocks in which both are valid: above 1, the first is cheaper.
   */
  Ratio forCpu(String server, Asked first, Asked second) {
    return Ratio.overBlocks(
        rows.stream().mapToInt(Row::block).max().orElse(0),
        block -> perCpuSecond(block, server, first),
        block -> perCpuSecond(block, server, second));
  }

  private double perCpuSecond(int block, String server, Asked asked) {
    return rows.stream()
        .filter(row -> row.block() == block && row.is(server, asked) && row.reading().valid())
        .mapToDouble(row -> row.reading().perCpuSecond())
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Rows that something speaks against. */
  List<Row> marked() {
    return rows.stream().filter(row -> !row.reading().valid()).toList();
  }
}
