package shedlab.report.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * By how much two figures differ, as a share of the greater of the two: 0 if they are equal, 0.5 if
 * the second is half of the first, -1 if the first is zero. Exchanging the two changes the sign
 * only, a small difference is the same as that of the logarithms, and zero is a value like any
 * other: a ratio has neither of the three.
 *
 * <p>The mean over the blocks has the interval of Student's t.
 *
 * @param blocks number of differences
 * @param mean of the differences; NaN without any
 * @param halfWidth of the 95 % interval around the mean; infinite with fewer than two blocks
 * @param p probability of such a mean by chance alone; NaN with fewer than two blocks
 */
public record Difference(int blocks, double mean, double halfWidth, double p) {
  private static final double COVERAGE = 0.95;

  /** By degrees of freedom. A quantile is searched for, and the pairs of a run have few sizes. */
  private static final Map<Double, Double> QUANTILES = new ConcurrentHashMap<>();

  /** The difference of two figures that are not negative; NaN if one is NaN, 0 if both are 0. */
  public static double between(double first, double second) {
    double greater = Math.max(first, second);
    return greater == 0 ? 0 : (first - second) / greater;
  }

  /** The mean of differences, with its interval. */
  public static Difference mean(double[] differences) {
    int n = differences.length;
    double mean = Arrays.stream(differences).average().orElse(Double.NaN);
    if (n < 2) {
      return new Difference(n, mean, Double.POSITIVE_INFINITY, Double.NaN);
    }
    double deviation = StandardDeviation.of(differences).getAsDouble();
    if (deviation == 0) { // without any spread the answer is certain
      return new Difference(n, mean, 0, mean == 0 ? 1 : 0);
    }
    return mean(differences, deviation * deviation, n - 1.0);
  }

  /** The mean of differences whose variance is known with so many degrees of freedom. */
  static Difference mean(double[] differences, double variance, double degrees) {
    int n = differences.length;
    double mean = Arrays.stream(differences).average().orElse(Double.NaN);
    double error = Math.sqrt(variance / n);
    TDistribution t = TDistribution.of(degrees);
    double half = error * QUANTILES.computeIfAbsent(degrees, of -> quantile(t));
    return new Difference(n, mean, half, 2 * t.survivalProbability(Math.abs(mean) / error));
  }

  /**
   * The mean of the means of several samples, each of which has a spread of its own: its interval
   * is Student's t with the degrees of freedom of Welch and Satterthwaite.
   */
  public static Difference meanOfMeans(List<double[]> samples) {
    int n = samples.size();
    double sum = 0;
    double variance = 0;
    double weights = 0;
    for (double[] sample : samples) {
      sum += Arrays.stream(sample).average().orElse(Double.NaN);
      if (sample.length < 2) {
        variance = Double.POSITIVE_INFINITY;
        continue;
      }
      double deviation = StandardDeviation.of(sample).getAsDouble();
      double own = deviation * deviation / sample.length;
      variance += own;
      weights += own * own / (sample.length - 1);
    }
    double mean = sum / n;
    if (n == 0 || Double.isInfinite(variance)) {
      return new Difference(n, mean, Double.POSITIVE_INFINITY, Double.NaN);
    }
    double error = Math.sqrt(variance) / n;
    if (error == 0) {
      return new Difference(n, mean, 0, mean == 0 ? 1 : 0);
    }
    TDistribution t = TDistribution.of(variance * variance / weights);
    double half = error * quantile(t);
    return new Difference(n, mean, half, 2 * t.survivalProbability(Math.abs(mean) / error));
  }

  private static double quantile(TDistribution t) {
    return t.inverseSurvivalProbability((1 - COVERAGE) / 2);
  }

  /** The interval of the mean; wider than all that is possible with fewer than two blocks. */
  public Interval interval() {
    return new Interval(Math.max(-1, mean - halfWidth), Math.min(1, mean + halfWidth), COVERAGE);
  }

  /**
   * True if it is too small to matter: its interval lies within the precision, or holds 0 and is no
   * wider than that.
   */
  public boolean within(double precision) {
    return farthest() <= precision || (interval().holds(0) && halfWidth <= precision);
  }

  /** The greatest difference in either direction that the interval leaves possible. */
  public double farthest() {
    return Math.min(1, Math.abs(mean) + halfWidth);
  }

  /** The ratio of two figures with this difference; infinite if the second is zero. */
  public static double ratio(double difference) {
    return difference <= 0 ? 1 + difference : 1 / (1 - difference);
  }
}
