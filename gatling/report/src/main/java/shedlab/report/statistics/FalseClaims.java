package shedlab.report.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How many of several claims are false, if each alone may be by chance (Benjamini, Hochberg 1995).
 */
public final class FalseClaims {
  /** The share of false claims that is accepted. */
  public static final double ACCEPTED = 0.05;

  private FalseClaims() {}

  /**
   * The share of false claims among each claim and all that are at least as clear.
   *
   * @param p of each claim, the probability of chance; a NaN is as unclear as can be
   */
  public static double[] shares(double[] p) {
    int[] clearestLast =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double[] shares = new double[p.length];
    double least = 1;
    int rank = p.length;
    for (int i : clearestLast) {
      double share = p[i] * p.length / rank--;
      least = Double.isNaN(share) ? least : Math.min(least, share);
      shares[i] = Double.isNaN(share) ? 1 : least;
    }
    return shares;
  }
}
