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
    return run.plain.rows().stream()
        .filter(r -> r.load() == run.verdict.referenceLoad())
        .filter(r -> Double.isFinite(r.get(Metric.JAIN)))
        .min(Comparator.comparingDouble((Row r) -> r.get(Metric.JAIN)))
        .map(
            r ->
                "Tenants are served least equally "
                    + run.at()
                    + " with "
                    + run.names.code(r.strategy())
                    + " on "
                    + r.server()
                    + ": Jain's index "
                    + Numbers.fixed(r.get(Metric.JAIN), 2))
        .orElse("Who got the goodput");
  }
}
