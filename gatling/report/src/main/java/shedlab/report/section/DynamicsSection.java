package shedlab.report.section;

import java.util.Optional;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.table.Table;

/** How strategies followed a change of load or capacity. */
public final class DynamicsSection {
  private DynamicsSection() {}

  static Optional<Section> of(Subject run) {
    Table table = run.tables.dynamics();
    if (table.rows().isEmpty()) {
      return Optional.empty();
    }
    return Section.of(
        "dynamics",
        "Step response",
        Section.title(run.verdict.recovery(), "How a change of load was followed"),
        Part.table(table),
        Part.small(
            "How long after the change until goodput settles, how far beyond the deadline the"
                + " worst p99 went meanwhile"
                + (run.verdict.changesForGood()
                    ? "."
                    : ", and how long until everything is served again.")
                + " Medians of the valid runs; least and most in brackets; goodput in % of the"
                + " capacity, over the whole course."),
        Part.human("dynamics"));
  }
}
