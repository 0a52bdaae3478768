package shedlab.simulation.theory;

/**
 * Workers behind an unbounded queue, M/M/c: no request is shed, so the offered work must be below
 * the number of cores (Erlang C, 1917; Kleinrock, Queueing Systems I, 1975, section 3.4).
 */
public final class ErlangC {
  private ErlangC() {}

  /** The share of arrivals that has to wait; 1 if the queue grows without end. */
  public static double waitShare(int cores, double erlangs) {
    if (erlangs >= cores) {
      return 1;
    }
    double blocked = LossSystem.shedShare(cores, cores, erlangs);
    return cores * blocked / (cores - erlangs * (1 - blocked));
  }

  /** The mean queue delay of all, as a multiple of the mean service time. */
  public static double meanWait(int cores, double erlangs) {
    return erlangs >= cores
        ? Double.POSITIVE_INFINITY
        : waitShare(cores, erlangs) / (cores - erlangs);
  }
}
