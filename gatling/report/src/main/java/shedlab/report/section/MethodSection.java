package shedlab.report.section;

import java.util.Optional;
import shedlab.report.finding.Noise;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.pair.Precision;
import shedlab.report.text.Numbers;

/** Why it matters, what was measured, and how: only in the write-up. */
public final class MethodSection {
  private MethodSection() {}

  /** Why it matters. */
  static Optional<Section> why(Subject run) {
    return Section.of(
        "why",
        "Why",
        "Why it matters",
        Part.text(
                "A server can do only so much. Beyond that, every request it accepts makes all of"
                    + " them late: it works at full speed for clients that have given up."
                    + " The cure is to refuse early, and to keep the admitted requests on "
                    + "time.")
            .inWriteUp(),
        Part.human("why"));
  }

  static Optional<Section> measured(Subject run) {
    return Section.of(
        "measured",
        "Measured",
        "What was measured",
        Part.text(
                "A request is a fixed amount of CPU work behind `GET /work`, the same on every"
                    + " server. In front of it stands a strategy, which admits the request or"
                    + " answers `429 Too Many Requests`.")
            .inWriteUp(),
        Part.table(run.evidence.strategies()).inWriteUp(),
        Part.text("What 1x means, measured before the run:").inWriteUp(),
        Part.table(run.evidence.capacity()).inWriteUp(),
        Part.human("measured"));
  }

  static Optional<Section> how(Subject run) {
    return Section.of(
        "how",
        "How",
        "How",
        Part.text(
                "Arrivals are open: requests start when the schedule says, whether or not earlier"
                    + " ones have been answered, and response times count from that intended start."
                    + " Every strategy meets the same seeded arrivals and task sizes. Each "
                    + run.plan.grid().freshServer()
                    + " gets a fresh server, which is warmed up; then each load is measured for "
                    + Numbers.plain(run.plan.load().measureSeconds())
                    + " s. A cell that breaks a check is invalid: it is shown, and in no median. "
                    + Noise.rule(run.plan.grid().repeats(), Precision.of(run.plan))
                    + run.floor.method()
                    + run.network.method())
            .inWriteUp(),
        Part.human("how"));
  }
}
