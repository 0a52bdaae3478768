package shedlab.report.pair;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import shedlab.report.metric.Column;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.Manifest;
import shedlab.report.result.Variant;

/**
 * The verdicts on the differences in a run. Cells of the same block had the same arrivals and
 * almost the same state of the machine, so their difference is what is repeated: the unit is the
 * block, and the noise is that between blocks (Kalibera and Jones 2013).
 *
 * <p>A condition is called better or worse if there are {@value #LEAST_BLOCKS} blocks or more, the
 * interval of the mean difference leaves out 0, the difference is outside the band in which
 * identical runs differ, and the claim holds among all claims of its family (Benjamini and Hochberg
 * 1995, 5 %). It is called equal if the interval lies within the precision of the run, or holds 0
 * and has at most that half-width. Response times of two that both lie within twice the machine's
 * noise floor are the machine's: nothing is said of such a pair.
 *
 * @param pairs in the order of the plan
 * @param bands one for each server and measure
 */
public record Pairs(List<Pair> pairs, List<Band> bands) {
  /** With two blocks, an interval says nothing: its half-width is 13 times the error. */
  public static final int LEAST_BLOCKS = 3;

  /** Every pair of a run that did not measure the machine's noise floor, or not yet. */
  public static Pairs of(Manifest manifest, Collection<CellResult> cells) {
    return of(manifest, cells, Floor.NOT_MEASURED);
  }

  /** Every pair of a run. */
  public static Pairs of(Manifest manifest, Collection<CellResult> cells, Floor floor) {
    var judge = new Judge(manifest.seed(), Precision.of(manifest).share());
    Blocks blocks = Blocks.of(manifest, cells, floor);
    judge.twins(blocks);
    String reference = manifest.grid().reference();
    for (Condition side : blocks.cells().keySet()) {
      boolean twin = side.variant().equals(Variant.TWIN);
      Condition plain = side.withVariant("");
      if (!side.variant().isEmpty()) {
        judge.pair(
            twin ? Kind.TWIN : Kind.VARIANT, blocks, side, blocks, plain, "", withoutShare());
      }
      if (!twin && !reference.isEmpty() && !side.strategy().equals(reference)) {
        Condition other = side.withStrategy(reference);
        judge.pair(Kind.STRATEGY, blocks, side, blocks, other, reference, withoutShare());
      }
      for (String server : manifest.grid().servers()) {
        if (!twin
            && manifest.grid().servers().indexOf(server)
                < manifest.grid().servers().indexOf(side.server())) {
          Condition other = side.withServer(server);
          judge.pair(Kind.SERVER, blocks, side, blocks, other, server, Metric.compared());
        }
      }
    }
    return judge.pairs();
  }

  /**
   * A run against an earlier one, for all conditions that both measured. Blocks of the same number
   * had the same arrivals, but not at the same time: changes of the machine in between are part of
   * the ratio and not of its interval.
   */
  public static Pairs between(
      Manifest earlierPlan,
      Collection<CellResult> earlier,
      Floor earlierFloor,
      Manifest plan,
      Collection<CellResult> cells,
      Floor floor) {
    var judge = new Judge(plan.seed(), Precision.of(plan).share());
    Blocks before = Blocks.of(earlierPlan, earlier, earlierFloor);
    Blocks now = Blocks.of(plan, cells, floor);
    judge.twins(before);
    judge.twins(now);
    for (Condition side : now.cells().keySet()) {
      if (before.cells().containsKey(side)) {
        judge.pair(Kind.RUN, now, side, before, side, earlierPlan.run(), Metric.compared());
      }
    }
    return judge.pairs();
  }

  /** Within a server both sides have the same capacity. */
  private static List<Metric> withoutShare() {
    return Metric.compared().stream().filter(m -> m != Metric.GOODPUT_SHARE).toList();
  }

  /** The pairs of a kind. */
  public List<Pair> of(Kind kind, Metric measure) {
    return where(pair -> pair.kind() == kind && pair.measure() == measure);
  }

  /** The pair of a strategy with the run's reference, in the plain variant. */
  public Optional<Pair> of(Metric measure, String server, String strategy, double load) {
    return where(
            p ->
                p.kind() == Kind.STRATEGY
                    && p.measure() == measure
                    && p.side().server().equals(server)
                    && p.side().strategy().equals(strategy)
                    && p.side().variant().isEmpty()
                    && Double.compare(p.side().load(), load) == 0)
        .stream()
        .findFirst();
  }

  private List<Pair> where(Predicate<Pair> wanted) {
    return pairs.stream().filter(wanted).toList();
  }

  /** The band of a server and measure, if the run has any pair of them. */
  public Optional<Band> band(String server, Metric measure) {
    return bands.stream()
        .filter(b -> b.server().equals(server) && b.measure() == measure)
        .findFirst();
  }

  /** The text of {@code pairs.csv}; {@code results/FILES.md} describes its columns. */
  public String csv(Floor floor) throws IOException {
    return Column.csv(Column.ofRun(PairColumns.ALL, floor), pairs);
  }
}
