package shedlab.report.section;

import java.util.List;
import java.util.Optional;
import shedlab.report.chart.Chart;
import shedlab.report.figure.LoadCharts;
import shedlab.report.figure.PredictionChart;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;

/** Goodput over the offered load or, with only one load, in ranks. */
public final class GoodputSection {
  private GoodputSection() {}

  static Optional<Section> of(Subject run) {
    Chart chart = LoadCharts.goodput(run.data, run.simulated, run::ceiling);
    boolean over = run.data.overLoad();
    boolean written = over || run.means.isEmpty(); // else the write-up has the course
    return Section.of(
        "goodput",
        "Goodput",
        Section.title(
            run.verdict.unprotected(),
            over ? "Goodput against offered load" : "Goodput " + run.at()),
        run.chart(chart, "No figures for this choice.", written ? inFile(run, chart) : List.of()),
        Part.small(caption(run)).onPage(),
        written ? Part.small(caption(run)).inWriteUp() : Part.NOTHING,
        run.means.isEmpty()
            ? Part.NOTHING
            : run.chart(run.means, "No time series.", run.means.views()),
        run.means.isEmpty()
            ? Part.NOTHING
            : Part.small(
                "Goodput over the course of a run, in % of the capacity: means of the valid runs in"
                    + " steps of half a second. Dotted: what was offered."
                    + (run.plan.settings().getOrDefault("kill", "").isEmpty()
                        ? ""
                        : " Thin dashes: the same fleet, simulated.")),
        Part.folded("The figures: goodput in % of the capacity", Part.table(run.tables.goodput()))
            .onPage(),
        over
            ? Part.folded(
                    "At every load"
                        + (ceilings(run)
                            ? "; in brackets the ceiling: what refusals alone leave of the capacity"
                            : ""),
                    Part.table(run.plainTables.goodput()))
                .inWriteUp()
            : Part.NOTHING,
        theory(run),
        Part.human("goodput"));
  }

  /** The first variant, and others with a known cost of a 429, which depends on the load. */
  private static List<Chart.View> inFile(Subject run, Chart chart) {
    List<String> variants = run.summary.variants();
    return chart.views().stream()
        .filter(
            view -> {
              String variant = variants.get(chart.views().indexOf(view));
              return variant.equals(variants.get(0))
                  || run.refusals.all().stream().anyMatch(p -> p.variant().equals(variant));
            })
        .toList();
  }

  private static boolean ceilings(Subject run) {
    return !run.refusals.all().isEmpty();
  }

  private static String caption(Subject run) {
    String what =
        "Goodput (200s within "
            + run.plan.load().deadlineMillis()
            + " ms of the intended start, per second) "
            + (run.data.overLoad()
                ? "against offered load, both as multiples of the capacity. Dotted: the ideal, all"
                    + " of the load up to the capacity and the whole capacity beyond. "
                : run.at() + " in % of each server's capacity. ");
    return what
        + run.bands()
        + (run.simulated.isEmpty() || !run.data.overLoad()
            ? ""
            : "Thin dashes: the same strategy on a simulated server, without HTTP, where a refusal"
                + " costs nothing. ")
        + (ceilings(run) && run.data.overLoad()
            ? "Long dashes: the ceiling, which refusals alone leave of the capacity on a server"
                + " that does nothing else; a busy one refuses in batches, for less, and may lie"
                + " above. "
            : "")
        + "Dots are single runs; hollow ones are invalid, and in no median.";
  }

  private static Part theory(Subject run) {
    Part simulated =
        Part.folded(
            "Measured and simulated: the differences",
            Part.table(run.tables.simulated(run.simulated)));
    Part predicted =
        PredictionChart.predicted(run.summary).isEmpty()
            ? Part.NOTHING
            : Part.folded(
                "Measured, and by queueing theory",
                Part.small(
                    "Erlang's loss formula for a fixed limit: where experiment and theory agree,"
                        + " the harness measures what it claims to measure."),
                Part.table(run.tables.prediction()));
    return new Part(Part.joined(List.of(simulated, predicted), true), "");
  }
}
