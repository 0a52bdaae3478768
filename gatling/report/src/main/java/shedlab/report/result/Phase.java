package shedlab.report.result;

import java.util.List;

/**
 * A stretch of a cell's load, in multiples of the cell's own: {@code 1} throughout is a plateau.
 *
 * @param from factor at its beginning
 * @param to factor at its end; the rate changes evenly in between
 * @param seconds how long
 */
public record Phase(double from, double to, double seconds) {
  /** Of a ramp, to see where it passes the capacity. */
  private static final int STEPS = 100;

  /** True if the load is the cell's own all the time. */
  public static boolean plateau(List<Phase> phases) {
    return phases.stream().allMatch(phase -> phase.from == 1 && phase.to == 1);
  }

  /**
   * The mean of what can be served of a cell's load: what is offered, or {@code most} where that is
   * less.
   */
  public static double mostServed(List<Phase> phases, double load, double most) {
    double sum = 0;
    double seconds = 0;
    for (Phase phase : phases) {
      for (int step = 0; step < STEPS; step++) {
        double factor = phase.from + (phase.to - phase.from) * (step + 0.5) / STEPS;
        sum += Math.min(load * factor, most) * phase.seconds / STEPS;
      }
      seconds += phase.seconds;
    }
    return sum / seconds;
  }
}
