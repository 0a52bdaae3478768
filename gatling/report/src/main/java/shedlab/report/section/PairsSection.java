package shedlab.report.section;

import java.util.List;
import java.util.Optional;
import shedlab.report.figure.PairForest;
import shedlab.report.page.Choices;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.pair.Pair;
import shedlab.report.table.RunTables;
import shedlab.report.table.Table;

/** Comparisons of runs in the same block: only on the page. */
public final class PairsSection {
  private PairsSection() {}

  static Optional<Section> of(Subject run) {
    Table table = new RunTables(run.summary, run.names).pairs(run.pairs);
    if (table.rows().isEmpty()) {
      return Optional.empty();
    }
    List<Pair> pairs = run.pairs.pairs().stream().filter(p -> p.blocks() > 0).toList();
    long different = pairs.stream().filter(p -> p.claim().verdict().different()).count();
    long equal = pairs.stream().filter(p -> p.claim().verdict() == Pair.Verdict.EQUAL).count();
    return Section.of(
        "pairs",
        "Pairs",
        run.ranked()
            ? "Of "
                + pairs.size()
                + " comparisons, "
                + different
                + " differ and "
                + equal
                + " are equal"
            : "Ratios between pairs of runs; too few to tell a difference from chance",
        new Choices(run).pairs(),
        run.chart(PairForest.of(run.data, run.pairs.pairs()), "No pair at this load."),
        Part.small(
                "Runs of the same block met the same arrivals and much the same machine, so their ratio is what repeats. The line is its interval. A "
                    + "difference counts only if the interval leaves out 1 and the ratio "
                    + "lies outside the grey band; equal means that the interval "
                    + "lies within the precision of the run, or holds 1 and its half-width "
                    + "is no more than that. "
                    + run.verdict.noise())
            .onPage(),
        Part.folded("The figures: ratios", Part.table(table), Part.small(run.floor.legend()))
            .onPage());
  }
}
