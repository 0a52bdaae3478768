package shedlab.simulation.result;

/**
 * How requests ended; every request is counted once.
 *
 * @param offered all of them
 * @param abandoned given up by the client
 * @param inSystem not ended when the simulation did
 */
public record Counts(long offered, long good, long late, long shed, long abandoned, long inSystem) {
  /** All that were done. */
  public long done() {
    return good + late;
  }

  /** As a share of all offered. */
  public double shedShare() {
    return offered == 0 ? 0 : (double) shed / offered;
  }
}
