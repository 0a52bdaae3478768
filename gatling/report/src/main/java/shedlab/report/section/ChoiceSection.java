package shedlab.report.section;

import java.util.Optional;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.table.RunTables;

/** What to weigh when choosing a strategy. */
public final class ChoiceSection {
  private ChoiceSection() {}

  static Optional<Section> of(Subject run) {
    boolean steady = run.plan.plateau() && Double.isFinite(run.plan.possible(1));
    return Section.of(
        "choice",
        "Choice",
        "When to choose which",
        Part.table(new RunTables(run.plain, run.names).choice(run.scores, run.floor, steady)),
        Part.small(
            "Least and most of all servers."
                + (steady && run.data.overLoad()
                    ? " Retained: goodput at 2x in % of the strategy's own peak. Lost: mean share of"
                        + " the capacity that a clairvoyant strategy would have used and this one did"
                        + " not."
                    : "")),
        Part.small(run.floor.legend()),
        Part.human("choice"));
  }
}
