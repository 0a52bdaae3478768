package shedlab.simulation;

/**
 * A semaphore in front of a CPU, as a birth-death process: Poisson arrivals, {@code limit} permits
 * and {@code cores} cores shared equally by all in flight (processor sharing).
 *
 * <p>With {@code limit == cores} it is Erlang's loss system (Erlang B, 1917). With more permits
 * than cores it is M/G/c/PS with room for {@code limit}. Both are insensitive: only the mean of the
 * service time matters (Kelly, Reversibility and Stochastic Networks, 1979). Refusals are taken to
 * be free.
 */
public final class LossSystem {
  private LossSystem() {}

  /**
   * The share of arrivals that finds all permits taken.
   *
   * @param cores at least 1
   * @param limit permits, at least 1
   * @param erlangs offered work: arrivals per second times mean service time on a core of its own
   */
  public static double shedShare(int cores, int limit, double erlangs) {
    // p(n)/p(n-1) = erlangs / min(n, cores); B(n) = p(n) / (p(0) + ... + p(n)) by recursion.
    double blocked = 1;
    for (int n = 1; n <= limit; n++) {
      double ratio = erlangs / Math.min(n, cores);
      blocked = ratio * blocked / (1 + ratio * blocked);
    }
    return blocked;
  }
}
