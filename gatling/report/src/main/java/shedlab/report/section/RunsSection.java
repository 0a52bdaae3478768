package shedlab.report.section;

import java.util.Optional;
import shedlab.report.figure.RunOrder;
import shedlab.report.page.Choices;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.table.RunTables;

/** Every run, in the order of measurement: only on the page. */
public final class RunsSection {
  private RunsSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "repeats",
        "Runs",
        "Every run, in the order of measurement",
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
}
