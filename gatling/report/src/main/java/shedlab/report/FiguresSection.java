package shedlab.report;

import java.util.Optional;

/** Everything in one table: of the page alone. */
final class FiguresSection {
  private FiguresSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "full",
        "Figures",
        "All figures",
        new Part(
            "<p class=\"lead\">Also in <a href=\"summary.csv\">summary.csv</a>, with more columns;"
                + " single runs in <a href=\"cells.jsonl\">cells.jsonl</a>.</p>",
            ""),
        Part.folded(
                "Every server, strategy and load",
                Part.table(run.tables.full()),
                Part.small("* too few samples to be quoted."))
            .onPage());
  }
}
