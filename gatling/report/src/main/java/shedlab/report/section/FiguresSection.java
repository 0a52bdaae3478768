package shedlab.report.section;

import java.util.Optional;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;

/** All figures in one table: only on the page. */
public final class FiguresSection {
  private FiguresSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "full",
        "Figures",
        "All figures",
        new Part(
            "<p class=\"lead\">Also in <a href=\"summary.csv\">summary.csv</a>;"
                + " single runs in <a href=\"cells.jsonl\">cells.jsonl</a>.</p>",
            ""),
        Part.folded(
                "Every server, strategy and load",
                Part.table(run.tables.full()),
                Part.small("* too few samples to be quoted."),
                Part.small(run.floor.legend()))
            .onPage(),
        Part.folded("Every column of summary.csv", Part.table(run.tables.everything())).onPage());
  }
}
