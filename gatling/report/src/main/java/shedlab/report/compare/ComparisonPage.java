package shedlab.report.compare;

import java.util.List;
import java.util.stream.Stream;
import shedlab.report.Document;
import shedlab.report.metric.Better;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.text.Prose;

/**
 * A comparison as text: first whether the two can be compared, then what differs, a sentence for
 * the rest, and what changed besides the figures.
 */
final class ComparisonPage {
  private final Comparison comparison;

  ComparisonPage(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Every part in its order; a further one belongs at the end. */
  Document document(boolean all) {
    var page = new Document(comparison.verdict());
    reasons(page);
    boolean comparable = comparison.obstacles().isEmpty();
    if (comparable) {
      differences(page, all);
    } else if (!all) {
      page.text(
          "The figures are not held against each other. `ALL=1` (or `--all`) does it all the same.");
    }
    changes(page);
    comparison.addCpu(page);
    if (all) {
      rows(page);
    }
    return page;
  }

  private void reasons(Document page) {
    comparison.obstacles().forEach(page::warning);
    comparison.powerless().filter(why -> comparison.obstacles().isEmpty()).ifPresent(page::warning);
    page.text("A is `" + comparison.beforeName() + "`, B is `" + comparison.afterName() + "`.");
  }

  private void differences(Document page, boolean all) {
    page.heading("What differs");
    page.text(comparison.differs());
    page.table(
        PairRow.DIFFERENCES,
        5,
        comparison.different().stream().map(PairRow::ofDifference).toList());
    String rest = comparison.rest();
    if (!rest.isEmpty()) {
      page.text(rest + (all ? "" : " `ALL=1` (or `--all`) lists every one."));
    }
    legend(page, comparison.different());
  }

  private void changes(Document page) {
    page.heading("What changed");
    List<Change> changes = comparison.changes();
    if (changes.isEmpty()) {
      page.text("Nothing in the plan or the environment.");
    }
    page.table(
        List.of("what", "A", "B"),
        3,
        changes.stream().map(c -> List.of(c.what(), c.before(), c.after())).toList());
  }

  /** Each pair of each measure. */
  private void rows(Document page) {
    for (Metric measure : Metric.compared()) {
      List<Pair> of = comparison.pairs().stream().filter(p -> p.measure() == measure).toList();
      if (of.stream().anyMatch(p -> p.blocks() > 0)) {
        page.heading(measure.words());
        page.text(
            "B divided by A, block by block: the mean over the blocks. "
                + (measure.better() == Better.MORE ? "More" : "Less")
                + " is better.");
        page.table(PairRow.COLUMNS, 6, of.stream().map(PairRow::of).toList());
      }
    }
    legend(page, comparison.pairs());
  }

  /** What the mark means, if a row has it. */
  private void legend(Document page, List<Pair> rows) {
    if (comparison.measuredFloor()
        && rows.stream().anyMatch(pair -> pair.machine() != Pair.Machine.NEITHER)) {
      page.text(
          "`machine`: the response times of both, or of the one named, are at most twice the noise"
              + " floor of the machine at the same percentile, so not to be told from what the"
              + " machine itself adds.");
    }
  }

  String summary(boolean all) {
    List<Pair> worse = comparison.regressions();
    var page =
        new Document(
            worse.isEmpty()
                ? "No regression"
                : "Regression: "
                    + Prose.count(worse.size(), "figure")
                    + (worse.size() == 1 ? " is worse" : " are worse"));
    page.text(
        Stream.of(
                "`" + comparison.afterName() + "` against `" + comparison.beforeName() + "`.",
                comparison.differs(),
                comparison.rest())
            .filter(sentence -> !sentence.isEmpty())
            .reduce((one, other) -> one + " " + other)
            .orElse(""));
    page.table(PairRow.GATE, 4, comparison.different().stream().map(PairRow::ofGate).toList());
    List<Pair> rest =
        comparison.pairs().stream()
            .filter(p -> p.blocks() > 0 && !p.claim().verdict().different())
            .toList();
    legend(page, all ? comparison.pairs() : comparison.different());
    return page.markdown() + (all ? folded(rest) : "");
  }

  private static String folded(List<Pair> rest) {
    List<List<String>> rows = rest.stream().map(PairRow::ofGate).toList();
    String table = new Document("").table(PairRow.GATE, 4, rows).markdown();
    return rows.isEmpty()
        ? ""
        : "\n<details><summary>"
            + Prose.count(rows.size(), "other")
            + "</summary>\n"
            + table.substring(table.indexOf('\n'))
            + "\n</details>\n";
  }
}
