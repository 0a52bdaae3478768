package shedlab.simulation.theory;

/**
 * The delay of an exponential moving average: {@code average = beta*average + (1-beta)*reading}.
 */
public final class Ema {
  private Ema() {}

  /**
   * Readings of 1 after which an average that stood at {@code before} reaches {@code threshold};
   * not rounded.
   *
   * @param beta weight of the old average at each reading, below 1
   */
  public static double ticks(double beta, double before, double threshold) {
    if (before >= threshold) {
      return 0;
    }
    return Math.log((1 - threshold) / (1 - before)) / Math.log(beta);
  }
}
