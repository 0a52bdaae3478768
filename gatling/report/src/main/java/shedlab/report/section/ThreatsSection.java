package shedlab.report.section;

import java.util.Optional;
import shedlab.report.finding.Threats;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;

/** What could make the figures wrong, or true only here. */
public final class ThreatsSection {
  private ThreatsSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "threats",
        "Threats",
        "Threats to validity",
        Part.list(Threats.of(run.plan, run.floor, run.network, run.cells)));
  }
}
