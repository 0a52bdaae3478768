package shedlab.report.pair;

import java.util.Locale;
import shedlab.report.metric.Metric;
import shedlab.report.result.Condition;
import shedlab.report.statistics.Interval;

/**
 * Two conditions that were measured side by side, block by block, and the verdict on their
 * difference.
 *
 * @param kind how the two differ
 * @param side the first of the two
 * @param against the second: a strategy, a server, a variant or a run
 */
public record Pair(
    Kind kind, Metric measure, Condition side, String against, Estimate estimate, Claim claim) {

  /** How the two of a pair differ. */
  public enum Kind {
    /** A strategy against the run's reference. */
    STRATEGY,
    /** A variant against the plain one. */
    VARIANT,
    /** A server against another. */
    SERVER,
    /** The reference against itself. */
    TWIN,
    /** A run against an earlier one. */
    RUN;

    /** Its name in files. */
    public String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The verdict. */
  public enum Verdict {
    BETTER,
    WORSE,
    INDISTINGUISHABLE;

    /** Its name in files. */
    public String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How much they differ.
   *
   * @param blocks in which both are valid and have the figure
   * @param ratio median over the blocks of this one's figure divided by the other's; infinite if
   *     the other's is zero, NaN without a block
   * @param bootstrap percentile interval over the blocks
   * @param exact interval by order statistics
   * @param p of the paired t-test on logarithms: the probability of such a difference by chance
   *     alone
   */
  public record Estimate(int blocks, double ratio, Interval bootstrap, Interval exact, double p) {
    /** The number of blocks from which on the bootstrap is used. */
    private static final int FEW = 8;

    /** The interval behind the verdict: with few blocks the exact one, else the bootstrap's. */
    public Interval interval() {
      return blocks < FEW ? exact : bootstrap;
    }
  }

  /**
   * The verdict, and the figures behind it.
   *
   * @param q {@link Estimate#p} after Benjamini and Hochberg: the share of false claims among all
   *     of the same kind, measure and server that are no less clear than this one
   * @param band identical (A/A) runs have median ratios between its inverse and itself
   * @param why the verdict, in a few words
   */
  public record Claim(double q, double band, Verdict verdict, String why) {}

  /** The same pair with a claim. */
  Pair claiming(Claim decided) {
    return new Pair(kind, measure, side, against, estimate, decided);
  }
}
