package shedlab.report.statistics;

/**
 * How a server's capacity changed between the first calibration and the last. If it drifts, the
 * offered loads are not the multiples that the cells say.
 *
 * @param first the capacity per second at the beginning, as an interval around its mean
 * @param last the same at the end
 */
public record Drift(Interval first, Interval last) {
  private static final double MOST = 0.05;

  /** The change as a share; negative if the capacity fell. */
  public double share() {
    return middle(last) / middle(first) - 1;
  }

  /** True if it changed by more than 5 %, and by more than the calibrations' own noise. */
  public boolean drifted() {
    boolean apart = last.low() > first.high() || last.high() < first.low();
    return apart && Math.abs(share()) > MOST;
  }

  private static double middle(Interval interval) {
    return (interval.low() + interval.high()) / 2;
  }
}
