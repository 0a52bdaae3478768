package shedlab.simulation.theory;

/**
 * One worker, at most {@code limit} requests including the one in service, equal service times:
 * M/D/1/K, by the chain embedded at departures (Gross and Harris, Fundamentals of Queueing Theory,
 * section 5.1).
 *
 * <p>{@code erlangs} is at most about 700: {@code exp(-erlangs)} must not vanish.
 */
public final class DeterministicQueue {
  private DeterministicQueue() {}

  /** The share of arrivals that is shed. */
  public static double shedShare(int limit, double erlangs) {
    return 1 - 1 / (leftBehind(limit, erlangs)[0] + erlangs);
  }

  /** The time average of the number in the system. */
  public static double meanInSystem(int limit, double erlangs) {
    double[] left = leftBehind(limit, erlangs);
    double scale = 1 / (left[0] + erlangs);
    double mean = limit * (1 - scale);
    for (int n = 0; n < limit; n++) {
      mean += n * left[n] * scale;
    }
    return mean;
  }

  /** The mean queue delay of the admitted, as a multiple of the service time. */
  public static double meanWait(int limit, double erlangs) {
    return meanInSystem(limit, erlangs) / (erlangs * (1 - shedShare(limit, erlangs))) - 1;
  }

  /**
   * The probability that a departure leaves each number of requests behind. The flow up through a
   * level equals the flow down: from {@code j + 1} only by a service time without arrivals. All
   * terms are positive, so there is no cancellation.
   */
  private static double[] leftBehind(int limit, double erlangs) {
    double[] moreThan = new double[limit + 1]; // arrivals in a service time: P(A > j)
    double probability = Math.exp(-erlangs);
    double none = probability;
    double rest = 1;
    for (int j = 0; j <= limit; j++) {
      rest -= probability;
      moreThan[j] = Math.max(0, rest);
      probability *= erlangs / (j + 1);
    }
    double[] left = new double[limit];
    left[0] = 1;
    double sum = 1;
    for (int j = 0; j + 1 < limit; j++) {
      double up = left[0] * moreThan[j];
      for (int i = 1; i <= j; i++) {
        up += left[i] * moreThan[j - i + 1];
      }
      left[j + 1] = up / none;
      sum += left[j + 1];
    }
    for (int j = 0; j < limit; j++) {
      left[j] /= sum;
    }
    return left;
  }
}
