package shedlab.report.pair;

import java.util.Locale;
import shedlab.report.metric.Metric;
import shedlab.report.result.Condition;
import shedlab.report.statistics.Interval;

/**
 * Two that were measured side by side, block by block, and what may be said of their difference.
 *
 * @param kind what the two differ in
 * @param side the one
 * @param against the other of the two: a strategy, a server, a variant or a run
 */
public record Pair(
    Kind kind, Metric measure, Condition side, String against, Estimate estimate, Claim claim) {

  /** What two differ in. */
  public enum Kind {
    /** A strategy against the run's reference. */
    STRATEGY,
    /** A variant against the plain way. */
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

  /** What may be said. */
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
   *     the other has nothing, NaN without a block
   * @param bootstrap percentile interval over the blocks
   * @param exact interval by order statistics
   * @param p of the paired t-test on logarithms: how often chance alone would do as much
   */
  public record Estimate(int blocks, double ratio, Interval bootstrap, Interval exact, double p) {
    /** From so many blocks on the bootstrap is trusted. */
    private static final int FEW = 8;

    /** The interval that the verdict rests on: the exact one of few blocks. */
    public Interval interval() {
      return blocks < FEW ? exact : bootstrap;
    }
  }

  /**
   * What may be said.
   *
   * @param q {@link Estimate#p} after Benjamini and Hochberg: the share of false claims among all
   *     of the same kind, measure and server that are no less clear than this one
   * @param band a median ratio between its inverse and itself is shown by equals too
   * @param why the verdict, in a few words
   */
  public record Claim(double q, double band, Verdict verdict, String why) {}

  /** The same pair with a claim. */
  Pair claiming(Claim decided) {
    return new Pair(kind, measure, side, against, estimate, decided);
  }
}
