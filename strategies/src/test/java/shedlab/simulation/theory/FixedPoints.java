package shedlab.simulation.theory;

/**
 * Where adaptive limits settle on a saturated CPU that all requests in flight share equally, with
 * equal service times and a baseline measured without load: the response time is then {@code limit
 * / cores} service times.
 */
public final class FixedPoints {
  private FixedPoints() {}

  /**
   * Envoy's gradient controller: {@code L = g*L + sqrt(g*L)} with {@code g = (1 + buffer) *
   * baseline / response}, so {@code g*L = (1 + buffer) * cores} whatever L is, and one update gets
   * there.
   *
   * @param buffer Envoy's default is 0.25
   */
  public static double envoy(int cores, double buffer) {
    double kept = (1 + buffer) * cores;
    return kept + Math.sqrt(kept);
  }

  /**
   * Vegas, least: its estimate of the queue is {@code L * (1 - baseline/response) = L - cores}, and
   * it settles between alpha and beta (Brakmo and Peterson 1995). Here alpha is 3 and beta 6 times
   * Netflix's {@code max(1, floor(log10 L))}.
   */
  public static int vegasLeast(int cores) {
    return vegas(cores, 3);
  }

  /** Vegas, greatest. */
  public static int vegasGreatest(int cores) {
    return vegas(cores, 6);
  }

  private static int vegas(int cores, int factor) {
    int limit = cores + factor;
    while (limit - cores < factor * Math.max(1, (int) Math.floor(Math.log10(limit)))) {
      limit++;
    }
    return limit;
  }

  /**
   * AIMD per sample: the limit at which a request takes {@code timeout}, around which it
   * oscillates.
   */
  public static double aimd(int cores, double timeout, double service) {
    return cores * timeout / service;
  }
}
