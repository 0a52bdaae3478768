package shedlab.report.section;

import java.util.Optional;
import shedlab.report.chart.Chart;
import shedlab.report.figure.LoadCharts;
import shedlab.report.page.Choices;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;

/** What a 429 costs: time for the client, and CPU time for the server. */
public final class ShedSection {
  private ShedSection() {}

  static Optional<Section> of(Subject run) {
    Chart chart = LoadCharts.shed(run.data);
    Part prices = Part.table(run.tables.prices());
    Part meaning =
        Part.text(
            "CPU time of a 429 in µs"
                + (run.refusals.all().isEmpty()
                    ? ""
                    : " (`200:` that of the cheapest 200, for comparison)")
                + ". It is the CPU time of the process beyond its tasks, divided by "
                + "the number of refusals; a dash where it is within the noise of the "
                + "capacity.");
    return Section.of(
        "shed",
        "Cost of a 429",
        chart.isEmpty() ? "What a 429 costs" : Section.title(run.times.shed(), "What a 429 costs"),
        Part.text(run.refusals.words()).onPage(),
        Part.text(run.times.slowestShed()),
        new Choices(run).percentile(),
        run.chart(chart, "Nothing was shed.", AdmittedSection.inFile(chart)),
        Part.small(
            "Response time of shed requests: how long a client waits for its 429. " + run.bands()),
        Part.folded(
                "The figures: p50 / p99 of 429s in ms",
                Part.table(run.tables.shed()),
                AdmittedSection.FEW,
                Part.small(run.floor.legend()))
            .onPage(),
        Part.folded("p50 / p99 of 429s in ms", Part.table(run.plainTables.shed())).inWriteUp(),
        Part.text(run.floor.legend()).inWriteUp(),
        prices.equals(Part.NOTHING) ? Part.NOTHING : meaning.inWriteUp(),
        prices.inWriteUp(),
        Part.heading("CPU time per success").onPage(),
        run.chart(LoadCharts.cpu(run.data), "The servers of this run did not report it."),
        Part.small(
                "All that the server's process used, divided by the requests it answered in time."
                    + " A rise beyond 1x is CPU time for refusals and for work that nobody "
                    + "waits for any more.")
            .onPage(),
        Part.folded(
                "The figures: CPU time per success and per 429",
                prices.equals(Part.NOTHING) ? Part.NOTHING : meaning,
                prices,
                Part.small("Wasted: completed tasks whose answer was late or no longer wanted."),
                Part.table(run.tables.costs()))
            .onPage(),
        Part.human("shed"));
  }
}
