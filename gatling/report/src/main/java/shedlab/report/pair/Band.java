package shedlab.report.pair;

import shedlab.report.metric.Metric;

/**
 * How far identical (A/A) runs differ: the twins on one server, pooled over their loads.
 *
 * @param twins number of differences; zero if the run had no twin
 * @param noise standard deviation of a difference, as a share; NaN with fewer than two
 */
public record Band(String server, Metric measure, int twins, double noise) {
  /** Coefficient of variation of one cell: half of a difference's variance. */
  public double cellNoise() {
    return noise / Math.sqrt(2);
  }
}
