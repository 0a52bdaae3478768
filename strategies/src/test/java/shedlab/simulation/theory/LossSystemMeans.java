package shedlab.simulation.theory;

/** The means of {@link LossSystem}, which only tests compare with. */
public final class LossSystemMeans {
  private LossSystemMeans() {}

  /** The time average of the number in the system, waiting or not. */
  public static double meanInSystem(int cores, int limit, double erlangs) {
    return mean(cores, limit, erlangs, 0);
  }

  /** The time average of the number above the cores: those that wait for a worker. */
  public static double meanWaiting(int cores, int limit, double erlangs) {
    return mean(cores, limit, erlangs, cores);
  }

  /**
   * The mean queue delay of the admitted, as a multiple of the mean service time, if there are
   * workers and a queue: Little's law.
   */
  public static double meanWait(int cores, int limit, double erlangs) {
    double admitted = erlangs * (1 - LossSystem.shedShare(cores, limit, erlangs));
    return meanWaiting(cores, limit, erlangs) / admitted;
  }

  /** The mean of {@code max(0, n - above)}; weights are rescaled so that they do not overflow. */
  private static double mean(int cores, int limit, double erlangs, int above) {
    double weight = 1;
    double sum = 1;
    double moment = 0;
    for (int n = 1; n <= limit; n++) {
      weight *= erlangs / Math.min(n, cores);
      sum += weight;
      moment += weight * Math.max(0, n - above);
      if (sum > 1e200) {
        weight /= sum;
        moment /= sum;
        sum = 1;
      }
    }
    return moment / sum;
  }
}
