package shedlab.report;

import java.util.List;
import java.util.stream.DoubleStream;
import shedlab.report.result.CellResult;
import shedlab.report.result.Summary;

/** The single runs behind a row of the summary. */
final class Runs {
  private Runs() {}

  /** The cells that a row is the median of. */
  static List<CellResult> valid(Summary.Row row, List<CellResult> cells) {
    return cells.stream()
        .filter(CellResult::valid)
        .filter(c -> c.server().equals(row.server()) && c.strategy().equals(row.strategy()))
        .filter(c -> c.variant().equals(row.variant()) && c.load() == row.load())
        .toList();
  }

  /** The median of the figures that there are; NaN of none. */
  static double median(DoubleStream figures) {
    double[] sorted = figures.filter(Double::isFinite).sorted().toArray();
    int n = sorted.length;
    return n == 0
        ? Double.NaN
        : n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
