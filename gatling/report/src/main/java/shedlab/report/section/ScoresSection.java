package shedlab.report.section;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.table.ScoreMatrix;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/** One number for each strategy on each server. */
public final class ScoresSection {
  private ScoresSection() {}

  static Optional<Section> of(Subject run) {
    Part marks =
        run.ranked()
            ? Part.text(
                "● marks the best on each server and those from which no difference was found.")
            : Part.NOTHING;
    String matrix =
        new ScoreMatrix(run.summary, run.cells, run.names, run.verdict, run.scores, run.floor)
            .html();
    return Section.of(
        "score",
        "Scores",
        title(run),
        Part.text(
                "Goodput is what matters under overload: 200s within "
                    + run.plan.load().deadlineMillis()
                    + " ms of the intended start, per second.")
            .onPage(),
        new Part(matrix, ""),
        Part.text("Goodput " + run.at() + " in % of the capacity:").inWriteUp(),
        Part.table(run.plainTables.matrix()).inWriteUp(),
        marks);
  }

  /** The strategies with the lowest and the highest goodput, without {@code reject-all}. */
  private static String title(Subject run) {
    String otherwise = "Scores " + run.at();
    List<Row> rows =
        run.plain.rows().stream()
            .filter(r -> r.load() == run.verdict.referenceLoad())
            .filter(r -> Double.isFinite(r.get(Metric.GOODPUT_SHARE)))
            .filter(r -> !StrategyNames.composition(r.strategy()).admitsNobody())
            .sorted(Comparator.comparingDouble(row -> row.get(Metric.GOODPUT_SHARE)))
            .toList();
    if (rows.size() < 2) {
      return otherwise;
    }
    String sentence =
        "Goodput "
            + run.at()
            + " ranges from "
            + one(run, rows.get(0))
            + " to "
            + one(run, rows.get(rows.size() - 1))
            + " of capacity";
    return Section.title(sentence, otherwise);
  }

  private static String one(Subject run, Row row) {
    String server = run.summary.servers().size() > 1 ? " on " + row.server() : "";
    return Numbers.wholePercent(row.get(Metric.GOODPUT_SHARE))
        + " ("
        + run.names.code(row.strategy())
        + server
        + ")";
  }
}
