package shedlab.simulation.theory;

/** Fluid limits of a queue that is filled above the capacity and drained below it. */
public final class Backlogs {
  private Backlogs() {}

  /**
   * The backlog after a time without shedding.
   *
   * @param load as a multiple of the capacity, above 1
   * @param capacity completions per unit of time
   */
  public static double built(double load, double capacity, double time) {
    return Math.max(0, (load - 1) * capacity * time);
  }

  /** How long a backlog takes to drain; infinite if the load is not below 1. */
  public static double drainTime(double backlog, double load, double capacity) {
    if (backlog <= 0) {
      return 0;
    }
    return load < 1 ? backlog / ((1 - load) * capacity) : Double.POSITIVE_INFINITY;
  }
}
