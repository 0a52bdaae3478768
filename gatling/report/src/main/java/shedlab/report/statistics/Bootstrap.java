package shedlab.report.statistics;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * How far means of a few values stray, by drawing from many (the bootstrap, Efron 1979). The same
 * seed gives the same figures.
 */
public record Bootstrap(long seed) {
  /** Enough for a 95th percentile. */
  private static final int RESAMPLES = 2_000;

  private static final double COVERAGE = 0.95;

  /** The value that 5 % of the means of {@code n} values drawn from {@code pool} exceed. */
  public double mostOfMeans(double[] pool, int n) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed * 31 - n);
    var means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += pool[random.nextInt(pool.length)];
      }
      means[i] = Math.abs(sum / n);
    }
    Arrays.sort(means);
    return means[(int) (COVERAGE * RESAMPLES)];
  }
}
