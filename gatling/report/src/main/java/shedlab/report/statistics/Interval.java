package shedlab.report.statistics;

/**
 * A confidence interval.
 *
 * @param coverage how often such an interval contains the true value, 0 to 1
 */
public record Interval(double low, double high, double coverage) {
  /** True if {@code value} is in the interval. */
  public boolean holds(double value) {
    return low <= value && value <= high;
  }
}
