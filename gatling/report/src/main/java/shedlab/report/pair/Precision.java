package shedlab.report.pair;

import java.util.List;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.result.Manifest;
import shedlab.report.statistics.Difference;
import shedlab.spec.Parameter;

/**
 * When a run has measured enough. The pairs that matter are those of strategies with the reference,
 * in goodput. A pair is settled once its interval is narrow enough, or lies wholly beyond the
 * precision; a pair is not settled by leaving out zero, because a run that looks after every block
 * would find that by chance sooner or later.
 *
 * @param share the wanted half-width of an interval: 0.03 for 3 %
 */
public record Precision(double share) {
  /** How a plan writes it. */
  public static final Parameter<Double> FORM =
      Parameter.percentage("precision", "half-width of an interval", 0.005, 0.5);

  private static final Precision USUAL = new Precision(0.05);

  /** What a plan asks for; 5 % if it does not: smaller differences seldom have a use. */
  public static Precision of(Manifest plan) {
    String text = plan.settings().getOrDefault(FORM.key(), "");
    return text.isEmpty() || text.equals("none") ? USUAL : new Precision(FORM.read(text));
  }

  /** The pairs that are not settled yet. */
  public List<Pair> open(Pairs pairs) {
    return pairs.of(Kind.STRATEGY, Metric.GOODPUT).stream().filter(this::open).toList();
  }

  private boolean open(Pair pair) {
    Difference difference = pair.difference();
    boolean clear = Math.abs(difference.mean()) - difference.halfWidth() > share;
    return difference.blocks() < Pairs.LEAST_BLOCKS || !(clear || difference.halfWidth() <= share);
  }

  /**
   * How many blocks would settle every pair, as far as those measured tell: the half-width falls
   * with the root of their number. A block in which a pair has an invalid cell counts for the
   * others only, so the pair needs one more.
   *
   * @param measured blocks
   */
  public int blocks(Pairs pairs, int measured) {
    return open(pairs).stream()
        .mapToInt(pair -> measured + blocks(pair) - pair.blocks())
        .max()
        .orElse(Pairs.LEAST_BLOCKS);
  }

  private int blocks(Pair pair) {
    Difference difference = pair.difference();
    if (difference.blocks() < Pairs.LEAST_BLOCKS) {
      return Pairs.LEAST_BLOCKS;
    }
    double beyond = Math.abs(difference.mean()) - share;
    double wanted = Math.max(share, beyond);
    double factor = difference.halfWidth() / wanted;
    return Math.max(
        difference.blocks() + 1, (int) Math.ceil(difference.blocks() * factor * factor));
  }
}
