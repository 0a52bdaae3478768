package shedlab.report.table;

import java.util.List;
import java.util.function.Predicate;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Shown;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.metric.View;
import shedlab.report.table.Table.Cell;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/** The table of what the CPUs of the servers spent their time on. */
public final class CpuTable {
  private CpuTable() {}

  /**
   * Only rows that tell it, and columns with a figure in one of them.
   *
   * @param wanted which of these rows
   */
  public static Table of(Summary summary, StrategyNames names, Predicate<Row> wanted) {
    List<Row> rows =
        summary.rows().stream()
            .filter(row -> !Double.isNaN(row.get(Metric.CPU_TASKS)))
            .filter(wanted)
            .toList();
    List<Metric> told =
        Metric.of(View.CPU).stream()
            .filter(metric -> rows.stream().anyMatch(row -> !Double.isNaN(row.get(metric))))
            .toList();
    return new Places(summary, names)
        .byRow(
            told.stream().flatMap(m -> m.in(View.CPU).stream()).map(Shown::title).toList(),
            row -> told.stream().map(m -> Cell.of(Numbers.percent(row.get(m)))).toList(),
            rows);
  }
}
