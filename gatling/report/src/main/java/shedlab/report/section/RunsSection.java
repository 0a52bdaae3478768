package shedlab.report.section;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import shedlab.report.figure.RunOrder;
import shedlab.report.finding.Runs;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.page.Choices;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.table.RunTables;
import shedlab.report.text.Numbers;

/** Every run, in the order of measurement: only on the page. */
public final class RunsSection {
  private RunsSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "repeats",
        "Runs",
        title(run),
        new Choices(run).load(),
        run.chart(RunOrder.of(run.data), "No run at this load."),
        Part.small(
                "A slope means drift: of the machine, or of its neighbours. Faint lines are"
                    + " the medians; hollow: invalid.")
            .onPage(),
        Part.folded(
                "The figures: every run",
                Part.table(new RunTables(run.summary, run.names).runs(run.cells)))
            .onPage());
  }

  /** How far the runs of one condition are apart, at most. */
  private static String title(Subject run) {
    return run.plain.rows().stream()
        .filter(r -> r.valid() > 1 && r.get(Metric.CAPACITY) > 0)
        .max(Comparator.comparingDouble(r -> apart(run, r)))
        .map(
            r ->
                "Runs of one condition differ by up to "
                    + Numbers.fixed(100 * apart(run, r), 1)
                    + " points of the capacity ("
                    + run.names.code(r.strategy())
                    + " on "
                    + r.server()
                    + " at "
                    + Numbers.load(r.load())
                    + ")")
        .orElse("Every run, in the order of measurement");
  }

  private static double apart(Subject run, Row row) {
    DoubleSummaryStatistics shares = Runs.shares(row, run.cells);
    return shares.getMax() - shares.getMin();
  }
}
