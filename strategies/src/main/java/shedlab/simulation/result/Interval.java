package shedlab.simulation.result;

/**
 * What happened in an interval; an ending counts when it happens, even if the request began
 * earlier.
 *
 * @param startSeconds from the start of the simulation
 * @param offered first tries
 * @param tries all tries
 * @param p99Nanos response time of the requests done, from the intended start; 0 if there was none
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
