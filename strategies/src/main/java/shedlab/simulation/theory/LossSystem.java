package shedlab.simulation.theory;

/**
 * Room for {@code limit} requests on {@code cores} cores, as a birth-death process under Poisson
 * arrivals; a request that finds it full is shed at no cost.
 *
 * <p>Three systems share its numbers:
 *
 * <ul>
 *   <li>a semaphore with {@code limit == cores}: Erlang's loss system (Erlang B, 1917);
 *   <li>a semaphore with more permits than cores that all in flight share equally: M/G/c/PS with
 *       room for {@code limit};
 *   <li>{@code cores} workers and a queue of {@code limit - cores} places: M/M/c/K (Kleinrock,
 *       Queueing Systems I, 1975, section 3.7).
 * </ul>
 *
 * <p>The first two are insensitive: only the mean of the service time matters (Kelly, Reversibility
 * and Stochastic Networks, 1979). The third needs exponential service times.
 */
public final class LossSystem {
  private LossSystem() {}

  /**
   * The share of arrivals that is shed.
   *
   * @param cores at least 1
   * @param limit permits, at least 1
   * @param erlangs offered work
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
