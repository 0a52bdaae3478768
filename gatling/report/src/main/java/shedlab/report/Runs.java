package shedlab.report;

import java.util.List;
import shedlab.report.metric.Summary;
import shedlab.report.result.CellResult;

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
}
