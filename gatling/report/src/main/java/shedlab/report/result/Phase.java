package shedlab.report.result;

import java.util.List;

/**
 * A part of a cell's course, in multiples of the cell's load: {@code 1} throughout is a plateau.
 *
 * @param from factor at the beginning
 * @param to factor at the end; the rate changes linearly in between
 * @param seconds how long
 */
public record Phase(double from, double to, double seconds) {
  /** The steps into which a ramp is divided, to find where it passes the capacity. */
  private static final int STEPS = 100;

  /** True if the load is the cell's own throughout. */
  public static boolean plateau(List<Phase> phases) {
    return phases.stream().allMatch(phase -> phase.from == 1 && phase.to == 1);
  }

  /** True if the load rises evenly, and then falls again on the same way. */
  public static boolean upAndDown(List<Phase> phases) {
    if (phases.size() != 2) {
      return false;
    }
    Phase up = phases.get(0);
    Phase down = phases.get(1);
    return up.from < up.to
        && up.from == down.to
        && up.to == down.from
        && up.seconds == down.seconds;
  }

  /** The factor at a second of the course; that of the end beyond it. */
  public static double factorAt(List<Phase> phases, double second) {
    double left = second;
    for (Phase phase : phases) {
      if (left < phase.seconds) {
        return phase.from + (phase.to - phase.from) * left / phase.seconds;
      }
      left -= phase.seconds;
    }
    return phases.get(phases.size() - 1).to;
  }

  /** The mean of the load that can be served: the offered load, but at most {@code most}. */
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
