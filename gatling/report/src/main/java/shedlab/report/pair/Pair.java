package shedlab.report.pair;

import java.util.Locale;
import shedlab.report.metric.Metric;
import shedlab.report.result.Condition;
import shedlab.report.statistics.Difference;
import shedlab.report.statistics.Interval;

/**
 * Two conditions that were measured side by side, block by block, and the verdict on their
 * difference.
 *
 * @param kind how the two differ
 * @param side the first of the two
 * @param against the second: a strategy, a server, a variant or a run
 * @param difference of the first from the second, over the blocks in which both are valid and have
 *     the figure
 * @param machine which of the two lie within twice the machine's noise floor
 */
public record Pair(
    Kind kind,
    Metric measure,
    Condition side,
    String against,
    Difference difference,
    Machine machine,
    Claim claim) {

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

  /** Whose response times cannot be told from what the machine itself adds. */
  public enum Machine {
    NEITHER(""),
    FIRST("first"),
    SECOND("second"),
    BOTH("both");

    private final String title;

    Machine(String title) {
      this.title = title;
    }

    static Machine of(boolean first, boolean second) {
      return first ? (second ? BOTH : FIRST) : second ? SECOND : NEITHER;
    }

    /** Its name in files; empty for neither. */
    public String title() {
      return title;
    }
  }

  /** What can be said of the two. */
  public enum Verdict {
    /** They differ, and the first is the better one. */
    BETTER("better"),
    /** They differ, and the first is the worse one. */
    WORSE("worse"),
    /** They differ by so little that it does not matter. */
    EQUAL("equal"),
    /** They may differ or not: more runs would tell. */
    NOT_TOLD_APART("not told apart"),
    /** So few runs that not even an interval can be had. */
    TOO_FEW("too few runs"),
    /** No block has a figure of both. */
    NOT_TESTED("not tested");

    private final String title;

    Verdict(String title) {
      this.title = title;
    }

    /** Its name in files and texts. */
    public String title() {
      return title;
    }

    /** True if the two differ. */
    public boolean different() {
      return this == BETTER || this == WORSE;
    }
  }

  /**
   * The verdict, and the figures behind it.
   *
   * @param q the probability of chance after Benjamini and Hochberg: the share of false claims
   *     among all of the same kind, measure and server that are no less clear than this one
   * @param band mean differences of identical (A/A) runs lie between its negative and itself
   * @param why the verdict, in a few words
   */
  public record Claim(double q, double band, Verdict verdict, String why) {}

  /** The number of blocks in which both have the figure. */
  public int blocks() {
    return difference.blocks();
  }

  /**
   * The first figure divided by the second; infinite if the second is zero, NaN without a block.
   */
  public double ratio() {
    return Difference.ratio(difference.mean());
  }

  /** The interval of that ratio. */
  public Interval interval() {
    Interval of = difference.interval();
    return new Interval(Difference.ratio(of.low()), Difference.ratio(of.high()), of.coverage());
  }

  /** The greatest ratio between identical (A/A) runs; its inverse is the least. */
  public double band() {
    return Difference.ratio(claim.band());
  }

  /** The same pair with a claim. */
  Pair claiming(Claim decided) {
    return new Pair(kind, measure, side, against, difference, machine, decided);
  }
}
