package shedlab.bench.log;

/**
 * Service times without the waiting that the recorded durations include.
 *
 * <p>In the calm part of a log, requests arrive at a known rate. The mean wait of a queue with that
 * rate, {@code c} cores and such service times has an approximation (Sakasegawa 1977; for one core
 * and Poisson arrivals it is exact), and a wait that is not zero is about exponential. So mean and
 * variance of the durations give mean and variance of the service times. And no server answers more
 * than its cores can do: its greatest throughput bounds the mean.
 *
 * @param meanMicros of the service times
 * @param variation their standard deviation over their mean
 * @param bounded whether the throughput bounds the mean, not the durations
 */
public record Unqueued(double meanMicros, double variation, boolean bounded) {
  private static final int STEPS = 60;

  /** From the calm part and the greatest throughput of a log. */
  public static Unqueued of(AccessLog log, int cores) {
    Durations calm = log.calm().durations();
    double deviation = calm.variation() * calm.meanMicros();
    Unqueued own = of(calm.meanMicros(), deviation * deviation, log.calmRate() / 1e6, cores);
    double most = cores * 1e6 / log.peakPerSecond();
    return own.meanMicros <= most ? own : new Unqueued(most, own.variation, true);
  }

  /**
   * From mean and variance of durations.
   *
   * @param rate requests per microsecond
   */
  static Unqueued of(double mean, double variance, double rate, int cores) {
    double low = 0;
    double high = rate == 0 ? mean : Math.min(mean, cores / rate);
    for (int i = 0; i < STEPS && rate > 0; i++) {
      double middle = (low + high) / 2;
      double waits = mean - middle;
      if (wait(middle, squared(middle, waits, variance, rate, cores), rate, cores) < waits) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double squared = squared(high, mean - high, variance, rate, cores);
    return new Unqueued(high, Math.sqrt(squared), false);
  }

  /** The squared coefficient of variation of service times of this mean. */
  private static double squared(double mean, double wait, double variance, double rate, int cores) {
    double waiting = waiting(mean, rate, cores);
    double ofWaits = wait == 0 || waiting == 0 ? 0 : wait * wait * (2 / waiting - 1);
    return Math.max(0, variance - ofWaits) / (mean * mean);
  }

  /** The share of the requests that wait. */
  private static double waiting(double mean, double rate, int cores) {
    return Math.pow(rate * mean / cores, Math.sqrt(2 * (cores + 1.0)) - 1);
  }

  private static double wait(double mean, double squared, double rate, int cores) {
    double use = rate * mean / cores;
    return use >= 1
        ? Double.POSITIVE_INFINITY
        : mean * (1 + squared) / 2 * waiting(mean, rate, cores) / (cores * (1 - use));
  }
}
