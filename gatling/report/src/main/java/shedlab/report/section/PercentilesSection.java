package shedlab.report.section;

import java.util.Optional;
import shedlab.report.page.Choices;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;

/** Response times of the slowest requests: only on the page. */
public final class PercentilesSection {
  private PercentilesSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "percentiles",
        "Percentiles",
        "How the slowest requests fared",
        new Choices(run).load(),
        new Part("<div class=\"beside\">", ""),
        run.chart(run.curves.admitted(), "Nothing was admitted at this load."),
        run.chart(run.curves.shed(), "Nothing was shed at this load."),
        new Part("</div>", ""),
        Part.small(
                "Response time by percentile: every step to the right is a tenth of what was left."
                    + " A curve ends where fewer than ten samples lie beyond.")
            .onPage(),
        Part.folded(
                "The figures: percentiles in ms",
                Part.table(run.tables.percentiles()),
                Part.small("* too few samples to be quoted."),
                Part.small(run.floor.legend()))
            .onPage());
  }
}
