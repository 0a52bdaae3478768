package shedlab.report.section;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import shedlab.report.metric.Summary.Row;
import shedlab.report.page.Choices;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.text.Numbers;

/** Response times of the slowest requests: only on the page. */
public final class PercentilesSection {
  private PercentilesSection() {}

  static Optional<Section> of(Subject run) {
    return Section.of(
        "percentiles",
        "Percentiles",
        title(run),
        new Choices(run).load(),
        new Part("<div class=\"beside\">", ""),
        run.chart(run.curves.admitted(), "Nothing was admitted at this load."),
        run.chart(run.curves.shed(), "Nothing was shed at this load."),
        new Part("</div>", ""),
        Part.small(
                "Response time by percentile: every step to the right is a tenth of what was left."
                    + " A curve ends where fewer than ten samples lie beyond."
                    + (run.repeated()
                        ? " Bands span the runs, as far as each of them has ten."
                        : ""))
            .onPage(),
        Part.folded(
                "The figures: percentiles in ms",
                Part.table(run.tables.percentiles()),
                Part.small("* too few samples to be quoted."),
                Part.small(run.floor.legend()))
            .onPage());
  }

  /** By how much the slowest in a hundred took longer than the median, from least to most. */
  private static String title(Subject run) {
    List<Row> rows =
        run.plain.rows().stream()
            .filter(r -> r.load() == run.verdict.referenceLoad())
            .filter(r -> r.admitted().supportsP99() && r.admitted().p50() > 0)
            .sorted(Comparator.comparingDouble(PercentilesSection::tail))
            .toList();
    return rows.size() < 2
        ? "How the slowest requests fared"
        : "The p99 of admitted requests "
            + run.at()
            + " is "
            + one(run, rows.get(0))
            + " to "
            + one(run, rows.get(rows.size() - 1))
            + " times their median";
  }

  private static double tail(Row row) {
    return (double) row.admitted().p99() / row.admitted().p50();
  }

  private static String one(Subject run, Row row) {
    return Numbers.fixed(tail(row), 1)
        + " ("
        + run.names.code(row.strategy())
        + " on "
        + row.server()
        + ")";
  }
}
