package shedlab.report.statistics;

/**
 * What became of a server's capacity between the first calibration and the last. A server that
 * drifts is offered other multiples than its cells say.
 *
 * @param first its capacity per second at the beginning, as an interval around its mean
 * @param last at the end
 */
public record Drift(Interval first, Interval last) {
  private static final double MOST = 0.05;

  /** By what share it rose; negative if it fell. */
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
