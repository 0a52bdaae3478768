package shedlab.simulation;

/**
 * What happened in an interval; endings count when they happen, whenever the request began.
 *
 * @param startSeconds from the start of the simulation
 * @param offered first tries
 * @param tries all tries
 * @param p99Nanos response time of those done, from the intended start; 0 if none was
 * @param meanWaitNanos of the tries admitted
 * @param meanElapsedNanos admission to completion of the tries completed
 * @param meanLimit per server; NaN for no limit
 * @param meanInflight time average over the interval, all servers together; so are the next two
 * @param cpuShare of all cores of all servers, refusals included
 */
public record Interval(
    double startSeconds,
    double seconds,
    long offered,
    long tries,
    long good,
    long late,
    long shed,
    long abandoned,
    long p99Nanos,
    double meanWaitNanos,
    double meanElapsedNanos,
    double meanLimit,
    double meanInflight,
    double meanWaiting,
    double cpuShare) {
  /** Everything that ended. */
  public long ended() {
    return good + late + shed + abandoned;
  }

  /** Requests whose last try was refused, as a share of those that began. */
  public double shedShare() {
    return offered == 0 ? 0 : (double) shed / offered;
  }

  /** Waiting or in flight. */
  public double meanInSystem() {
    return meanWaiting + meanInflight;
  }
}
