package shedlab.report.finding;

import java.util.List;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.result.CellResult;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** The single runs behind a row of the summary. */
public final class Runs {
  private Runs() {}

  /** The cells whose median a row is. */
  public static List<CellResult> valid(Summary.Row row, List<CellResult> cells) {
    return cells.stream()
        .filter(CellResult::valid)
        .filter(c -> c.server().equals(row.server()) && c.strategy().equals(row.strategy()))
        .filter(c -> c.variant().equals(row.variant()) && c.load() == row.load())
        .toList();
  }

  /** The range of the runs as shares of the capacity. */
  public static String interval(Summary.Row row) {
    return row.valid() < 2
        ? "one run"
        : Prose.range(
            Numbers.percent(row.get(Metric.GOODPUT_MIN) / row.get(Metric.CAPACITY)),
            Numbers.percent(row.get(Metric.GOODPUT_MAX) / row.get(Metric.CAPACITY)));
  }
}
