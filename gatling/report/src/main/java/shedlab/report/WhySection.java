package shedlab.report;

import java.util.Optional;

/** Why anybody should care: of the write-up alone. */
final class WhySection {
  private WhySection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "why",
        "Why",
        "Why it matters",
        Part.text(
                "A server can do only so much. Beyond that, every request it accepts makes all of"
                    + " them late: it works at full speed for clients that have given up. "
                    + run.verdict.unprotected()
                    + " The cure is to say no early, and to keep the promise to those who were let"
                    + " in.")
            .inWriteUp(),
        Part.human("why"));
  }
}
