package shedlab.report;

import java.util.Optional;

/** What it ran on, and with which settings: the page's; the write-up says it where it is needed. */
final class SetUpSection {
  private SetUpSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "setup",
        "Set-up",
        "Set-up",
        new Part(
            "<div class=\"columns\">\n<div><h3>Capacity: what 1x means</h3>\n"
                + run.evidence.capacity().html()
                + "<h3>Settings</h3>\n"
                + run.evidence.settings().html()
                + "</div>\n<div><h3>Strategies</h3>\n"
                + run.evidence.strategies().html()
                + "<h3>Environment</h3>\n"
                + run.evidence.environment().html()
                + "</div>\n</div>",
            ""));
  }
}
