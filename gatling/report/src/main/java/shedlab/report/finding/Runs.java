package shedlab.report.finding;

import java.util.DoubleSummaryStatistics;
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

  /** Goodput of the runs as shares of the capacity, as their median counts it. */
  public static DoubleSummaryStatistics shares(Summary.Row row, List<CellResult> cells) {
    return valid(row, cells).stream()
        .mapToDouble(Metric.GOODPUT_SHARE::of)
        .filter(Double::isFinite)
        .summaryStatistics();
  }

  /** Their range in words. */
  public static String interval(Summary.Row row, List<CellResult> cells) {
    DoubleSummaryStatistics shares = shares(row, cells);
    return shares.getCount() < 2
        ? "one run"
        : Prose.range(Numbers.percent(shares.getMin()), Numbers.percent(shares.getMax()));
  }

  /** The range of the medians of some rows, in whole percent of the capacity. */
  static String percents(List<Summary.Row> rows) {
    List<Double> shares = rows.stream().map(r -> r.get(Metric.GOODPUT_SHARE)).sorted().toList();
    return Prose.range(
        Numbers.wholePercent(shares.get(0)), Numbers.wholePercent(shares.get(shares.size() - 1)));
  }
}
