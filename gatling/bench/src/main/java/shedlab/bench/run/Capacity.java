package shedlab.bench.run;

import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import shedlab.bench.host.HostException;
import shedlab.report.raw.ServerCsv;
import shedlab.report.statistics.Drift;
import shedlab.report.statistics.Interval;

/**
 * What 1x means on one server: requests completed per second while its CPU has no idle moment.
 *
 * @param perSecond mean over half-second batches
 * @param low lower end of the 95 % confidence interval
 * @param high upper end
 * @param cpuShare share of its CPUs that the server used meanwhile; null if nobody knows
 * @param unitCpuNanos CPU time of a unit of its tasks; null if the server does not tell
 */
public record Capacity(
    double perSecond,
    double low,
    double high,
    @Nullable Double cpuShare,
    @Nullable Double unitCpuNanos) {
  /** At least so much of its CPUs a server uses that has no idle moment. */
  public static final double SATURATED = 0.9;

  private static final int ROWS_PER_BATCH = 5;

  private static final double COVERAGE = 0.95;

  /** With an interval of half its mean to either side, 2x may be anything from 1x to 3x. */
  private static final double MOST_HALF_WIDTH = 0.5;

  /** What became of it by the end of a run. */
  Drift driftTo(Capacity last) {
    return new Drift(
        new Interval(low, high, COVERAGE), new Interval(last.low, last.high, COVERAGE));
  }

  /** What it would have been with the share of the server's CPUs that a hypervisor took. */
  Capacity with(double stolen) {
    double left = 1 - stolen;
    Double share = cpuShare == null ? null : Double.valueOf(Math.min(1, cpuShare / left));
    return new Capacity(perSecond / left, low / left, high / left, share, unitCpuNanos);
  }

  boolean saturated() {
    return busy() >= SATURATED;
  }

  /** The share, 1 if nobody knows. */
  private double busy() {
    return cpuShare == null ? 1 : cpuShare;
  }

  /** True if it says what 1x is. */
  boolean precise() {
    return perSecond - low < MOST_HALF_WIDTH * perSecond;
  }

  /** True if it needs no further attempt. */
  boolean settled() {
    return precise() && saturated();
  }

  /** Of two attempts: the precise one; if they do not differ in that, the busier one. */
  boolean isBetterThan(Capacity other) {
    return precise() == other.precise() ? busy() > other.busy() : precise();
  }

  /**
   * Itself, if it is precise.
   *
   * @throws HostException if it is not
   */
  Capacity orRefused() {
    if (!precise()) {
      throw new HostException(
          "capacity",
          String.format(Locale.ROOT, "%.1f/s, %.1f to %.1f/s", perSecond, low, high),
          String.format(
              Locale.ROOT,
              "within %.0f %% of its mean: a longer measure or a quieter machine",
              100 * MOST_HALF_WIDTH));
    }
    return this;
  }

  /**
   * From samples taken while more was offered than the server can do.
   *
   * @throws HostException if they are too few
   */
  static Capacity of(Samples saturated, int cpus) {
    List<ServerCsv.Row> rows = saturated.rows();
    int batches = (rows.size() - 1) / ROWS_PER_BATCH;
    if (batches < 2) {
      throw new HostException("calibration", rows.size() + " samples", "11 or more");
    }
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < batches; i++) {
      double rate =
          Samples.rate(
              rows.get(i * ROWS_PER_BATCH),
              rows.get((i + 1) * ROWS_PER_BATCH),
              ServerCsv.Row::completed);
      sum += rate;
      squares += rate * rate;
    }
    double mean = sum / batches;
    double variance = Math.max(0, squares - sum * mean) / (batches - 1);
    double t = TDistribution.of(batches - 1).inverseSurvivalProbability((1 - COVERAGE) / 2);
    double half = t * Math.sqrt(variance / batches);
    Double share = saturated.tellsCpu() ? Double.valueOf(saturated.cores() / cpus) : null;
    return new Capacity(mean, mean - half, mean + half, share, saturated.unitCpuNanos());
  }
}
