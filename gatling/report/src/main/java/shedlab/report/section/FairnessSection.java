package shedlab.report.section;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import shedlab.report.figure.TenantChart;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.page.Choices;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.table.Fairness;
import shedlab.report.text.Numbers;

/** Which clients got the goodput, if there are several kinds. */
public final class FairnessSection {
  private FairnessSection() {}

  static Optional<Section> of(Subject run) {
    List<TenantChart.Share> shares =
        Fairness.of(run.summary, run.cells).stream()
            .map(s -> new TenantChart.Share(s.row(), s.tenant(), s.good()))
            .toList();
    if (shares.isEmpty()) {
      return Optional.empty();
    }
    return Section.of(
        "fairness",
        "Fairness",
        title(run),
        new Choices(run).load(),
        run.chart(TenantChart.of(run.data, shares), "No figures at this load."),
        Part.small(
            "Each tenant's requests that were answered in time, as a share of all of its own."
                + " Jain's index is 1 if all have the same share."),
        Part.folded("The figures: share answered in time", Part.table(run.tables.fairness()))
            .onPage(),
        Part.table(run.plainTables.fairness()).inWriteUp(),
        Part.human("fairness"));
  }

  private static String title(Subject run) {
    List<Row> rows =
        run.plain.rows().stream()
            .filter(r -> r.load() == run.verdict.referenceLoad())
            .filter(r -> Double.isFinite(r.get(Metric.JAIN)))
            .sorted(Comparator.comparingDouble((Row r) -> r.get(Metric.JAIN)))
            .toList();
    return rows.size() < 2
        ? "Who got the goodput"
        : "Jain's index of the tenants "
            + run.at()
            + " ranged from "
            + one(run, rows.get(0))
            + " to "
            + one(run, rows.get(rows.size() - 1));
  }

  private static String one(Subject run, Row row) {
    return Numbers.fixed(row.get(Metric.JAIN), 2)
        + " ("
        + run.names.code(row.strategy())
        + " on "
        + row.server()
        + ")";
  }
}
