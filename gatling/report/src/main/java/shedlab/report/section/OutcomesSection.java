package shedlab.report.section;

import java.util.Comparator;
import java.util.Optional;
import shedlab.report.chart.Chart;
import shedlab.report.figure.OutcomeChart;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.text.Numbers;

/** How the requests ended. */
public final class OutcomesSection {
  private OutcomesSection() {}

  static Optional<Section> of(Subject run) {
    Chart chart = OutcomeChart.of(run.data);
    return Section.of(
        "outcomes",
        "Outcomes",
        title(run),
        Part.legend(OutcomeChart.legend()),
        run.chart(chart, "No figures for this choice.", chart.views().subList(0, 1)),
        Part.small(
            "Every intended request, by how it ended. Late answers and timeouts are work done for"
                + " nobody; a shed request costs next to nothing and may be retried elsewhere."),
        Part.folded("The figures: shares of all requests", Part.table(run.tables.outcomes()))
            .onPage(),
        Part.human("outcomes"));
  }

  /** The title names the row with the most wasted work. */
  private static String title(Subject run) {
    return run.plain.rows().stream()
        .filter(r -> r.load() == run.verdict.referenceLoad() && r.hasFigures())
        .max(Comparator.comparingDouble(OutcomesSection::wasted))
        .filter(r -> wasted(r) >= 0.01)
        .map(
            r ->
                run.names.code(r.strategy())
                    + " answered "
                    + Numbers.wholePercent(wasted(r))
                    + " of the requests "
                    + run.at()
                    + " too late or not at all"
                    + (run.summary.servers().size() > 1 ? " on " + r.server() : ""))
        .orElse("What became of the requests");
  }

  private static double wasted(Row row) {
    double share =
        row.get(Metric.LATE_SHARE)
            + row.get(Metric.TIMEOUT_SHARE)
            + row.get(Metric.TRANSPORT_SHARE);
    return Double.isFinite(share) ? share : 0;
  }
}
