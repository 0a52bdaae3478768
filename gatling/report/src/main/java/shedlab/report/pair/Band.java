package shedlab.report.pair;

import shedlab.report.metric.Metric;

/**
 * How far the same differs from itself: the A/A twins of one server, pooled over their loads.
 *
 * @param twins ratios behind it; none if the run had no twin
 * @param noise standard deviation of one ratio's logarithm; NaN of fewer than two
 */
public record Band(String server, Metric measure, int twins, double noise) {
  /** Coefficient of variation of one cell: half of a ratio's variance. */
  public double cellNoise() {
    return noise / Math.sqrt(2);
  }
}
