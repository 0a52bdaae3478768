package shedlab.report.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Intervals for the median of independent values: the percentile bootstrap (Efron 1979) and order
 * statistics, which are exact. The same seed gives the same intervals.
 *
 * <p>Only the middle ranks of a resample of n values matter, so these are drawn once for each n,
 * and values are looked up by rank.
 */
public final class Bootstrap {
  private static final int RESAMPLES = 10_000;

  /** The number of draws: enough for the 95th percentile of a band. */
  private static final int BAND_RESAMPLES = 2_000;

  private static final double COVERAGE = 0.95;

  /** How often two ranks, counted from 0, were the middle of a resample. */
  private record Middle(int low, int high, int count) {}

  private record Weighted(double value, int count) {}

  private final long seed;
  private final Map<Integer, List<Middle>> middles = new HashMap<>();

  /** With a seed, so that the same values give the same intervals. */
  public Bootstrap(long seed) {
    this.seed = seed;
  }

  /** The 95 % percentile interval for the median of the distribution of {@code values}. */
  public Interval percentiles(double[] values) {
    List<Weighted> medians = medians(values);
    double tail = (1 - COVERAGE) / 2;
    return new Interval(quantile(medians, tail), quantile(medians, 1 - tail), COVERAGE);
  }

  private List<Weighted> medians(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    List<Middle> ranks = middles.computeIfAbsent(values.length, n -> draw(n, seed));
    return ranks.stream()
        .map(m -> new Weighted(mean(sorted[m.low], sorted[m.high]), m.count))
        .sorted(Comparator.comparingDouble(Weighted::value))
        .toList();
  }

  private static double quantile(List<Weighted> sorted, double probability) {
    double below = probability * RESAMPLES;
    long seen = 0;
    for (Weighted weighted : sorted) {
      seen += weighted.count;
      if (seen > below) {
        return weighted.value;
      }
    }
    return sorted.get(sorted.size() - 1).value;
  }

  private static List<Middle> draw(int n, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed * 31 + n);
    var counts = new int[n][n];
    var ranks = new int[n];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int j = 0; j < n; j++) {
        ranks[j] = random.nextInt(n);
      }
      Arrays.sort(ranks);
      counts[ranks[(n - 1) / 2]][ranks[n / 2]]++;
    }
    var middles = new ArrayList<Middle>();
    for (int low = 0; low < n; low++) {
      for (int high = low; high < n; high++) {
        if (counts[low][high] > 0) {
          middles.add(new Middle(low, high, counts[low][high]));
        }
      }
    }
    return middles;
  }

  /**
   * The narrowest interval between two order statistics, equally far from both ends, that covers
   * the median with at least 95 %. If there is none, from the least to the greatest value, with its
   * coverage: 93.75 % for five values.
   */
  public static Interval orderStatistics(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    BinomialDistribution below = BinomialDistribution.of(n, 0.5);
    int rank = 0;
    while (2 * (rank + 1) < n - 1 && coverage(below, rank + 1) >= COVERAGE) {
      rank++;
    }
    return new Interval(sorted[rank], sorted[n - 1 - rank], coverage(below, rank));
  }

  private static double coverage(BinomialDistribution below, int rank) {
    return Math.max(0, 1 - 2 * below.cumulativeProbability(rank));
  }

  /** The mean of two values, which may both be infinite. */
  private static double mean(double low, double high) {
    return low == high ? low : (low + high) / 2;
  }

  /** The value that 5 % of the medians of {@code n} values drawn from {@code pool} exceed. */
  public double mostOfMedians(double[] pool, int n) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed * 31 - n);
    var medians = new double[BAND_RESAMPLES];
    var drawn = new double[n];
    for (int i = 0; i < BAND_RESAMPLES; i++) {
      for (int j = 0; j < n; j++) {
        drawn[j] = pool[random.nextInt(pool.length)];
      }
      medians[i] = Math.abs(Median.of(drawn));
    }
    Arrays.sort(medians);
    return medians[(int) (COVERAGE * BAND_RESAMPLES)];
  }
}
