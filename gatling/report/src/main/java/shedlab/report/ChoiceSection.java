package shedlab.report;

import java.util.Optional;

/** What to weigh when choosing a strategy. */
final class ChoiceSection {
  private ChoiceSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "choice",
        "Choice",
        "When to choose which",
        Part.table(new RunTables(run.plain, run.names).choice(run.scores)),
        Part.small(
            "From the least to the most of all servers. Retained: goodput at 2x in % of the"
                + " strategy's own peak. Lost: mean share of the capacity that a clairvoyant"
                + " strategy would have used and this one did not."),
        Part.human("choice"));
  }
}
