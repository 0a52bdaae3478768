package shedlab.report.section;

import java.util.List;
import java.util.Optional;
import shedlab.report.chart.Chart;
import shedlab.report.figure.LoadCharts;
import shedlab.report.page.Choices;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;

/** How long admitted requests took. */
public final class AdmittedSection {
  private AdmittedSection() {}

  static Optional<Section> of(Subject run) {
    Chart chart = LoadCharts.admitted(run.data, run.simulated);
    boolean quotable =
        run.plain.rows().stream()
            .anyMatch(r -> r.load() == run.verdict.referenceLoad() && r.admitted().supportsP99());
    String what = "Response time of admitted requests";
    return Section.of(
        "admitted",
        "Latency",
        quotable ? Section.title(run.times.admitted(), what) : what,
        quotable ? Part.NOTHING : Part.text(run.times.admitted()),
        new Choices(run).percentile(),
        run.chart(chart, "Nothing was admitted.", inFile(chart)),
        Part.small(
            "Response time of admitted requests, from the intended start to the 200, on a"
                + " logarithmic scale. "
                + run.bands()
                + "Look at how far a line stays below the deadline, and how"
                + " flat it runs to the right of 1x."),
        Part.folded(
                "The figures: p50 / p99 in ms",
                Part.table(run.tables.admitted()),
                FEW,
                Part.small(run.floor.legend()))
            .onPage(),
        Part.folded("p50 / p99 in ms", Part.table(run.plainTables.admitted())).inWriteUp(),
        Part.text(
                "**Caveat.** Figures with a star rest on fewer than 1000 samples in a run: a p99"
                    + " not to be quoted.")
            .inWriteUp(),
        Part.text(run.floor.legend()).inWriteUp(),
        Part.human("admitted"));
  }

  /** The explanation, on the page, of a star beside a figure. */
  static final Part FEW =
      Part.small(
              "* fewer than 1000 samples in a run: a p99 not to be quoted; such points are faint.")
          .onPage();

  /** Median and p99 of the first variant. */
  static List<Chart.View> inFile(Chart chart) {
    return chart.views().subList(0, Math.min(2, chart.views().size()));
  }
}
