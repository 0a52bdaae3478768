package shedlab.jmh;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The cost of one benchmark relative to another: the median over rounds of the ratio of their
 * figures in the same round, and the interval of that median from order statistics, which assumes
 * no distribution (e.g. Conover, Practical Nonparametric Statistics, section 3.2). Fixed before the
 * figures: see DECISIONS.md.
 *
 * @param low the interval's ends; NaN with too few rounds for any
 */
record Ratio(double median, double low, double high) {
  static final double CONFIDENCE = 0.95;

  /** The layout of code alone can make an interval around 1 reach up to here. */
  static final double MARGIN = 1.05;

  /** What an interval says. */
  enum Verdict {
    /** Certainly no more than the other. */
    BELOW,
    /** Not told apart, and at most five per cent more. */
    LEVEL,
    /** Not told apart: it may be much more or less. */
    OPEN,
    /** Certainly more than the other. */
    ABOVE;

    /** The bar: at most as expensive as the other. */
    boolean meetsTheBar() {
      return this == BELOW || this == LEVEL;
    }
  }

  /** Both arrays have a figure for each round, in the same order. */
  static Ratio of(List<Double> ours, List<Double> other) {
    int rounds = Math.min(ours.size(), other.size());
    List<Double> ratios =
        IntStream.range(0, rounds).mapToObj(i -> ours.get(i) / other.get(i)).sorted().toList();
    double median = Measurements.median(ratios);
    int from = outermost(rounds);
    return from == 0
        ? new Ratio(median, Double.NaN, Double.NaN)
        : new Ratio(median, ratios.get(from - 1), ratios.get(rounds - from));
  }

  /**
   * The largest {@code k} for which the interval from the k-th least to the k-th greatest value
   * contains the median with this confidence; 0 if even the least and the greatest do not.
   */
  static int outermost(int values) {
    if (values == 0) {
      return 0;
    }
    BinomialDistribution below = BinomialDistribution.of(values, 0.5);
    int k = 0;
    while (1 - 2 * below.cumulativeProbability(k) >= CONFIDENCE) {
      k++;
    }
    return k;
  }

  Verdict verdict() {
    if (high <= 1) {
      return Verdict.BELOW;
    }
    if (low > 1) {
      return Verdict.ABOVE;
    }
    return high <= MARGIN ? Verdict.LEVEL : Verdict.OPEN;
  }
}
