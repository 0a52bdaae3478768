package shedlab.report;

import java.util.Optional;

/** What could make the figures wrong, or true only here. */
final class ThreatsSection {
  private ThreatsSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "threats", "Threats", "Threats to validity", Part.list(Threats.of(run.plan)));
  }
}
