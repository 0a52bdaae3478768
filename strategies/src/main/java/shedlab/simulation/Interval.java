package shedlab.simulation;

/**
 * What happened in an interval; endings count when they happen, whenever the request began.
 *
 * @param startSeconds from the start of the simulation
 * @param offered first tries
 * @param tries all tries
 * @param p99Nanos response time of those done, from the intended start; 0 if none was
 */
public record Interval(
    double startSeconds,
    long offered,
    long tries,
    long good,
    long late,
    long shed,
    long abandoned,
    long p99Nanos,
    Averages averages)
    implements Averages.Known {
  /** Its length. */
  public double seconds() {
    return averages.seconds();
  }

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
    return meanWaiting() + meanInflight();
  }
}
