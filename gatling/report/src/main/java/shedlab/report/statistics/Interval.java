package shedlab.report.statistics;

/**
 * A confidence interval.
 *
 * @param coverage how often such an interval holds the truth, 0 to 1
 */
public record Interval(double low, double high, double coverage) {
  /** True if it cannot rule {@code value} out. */
  public boolean holds(double value) {
    return low <= value && value <= high;
  }
}
