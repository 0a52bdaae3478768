package shedlab.bench.capacity;

import java.time.Duration;
import shedlab.bench.experiment.Plan;

/** How long the parts of a search take, as far as is known before they are measured. */
final class Timing {
  /** Requests come by chance; so many more than needed are almost always enough. */
  static final double RESERVE = 1.15;

  private static final int CONFIRMATION = 3;

  private final Plan plan;
  private final Objective objective;

  Timing(Plan plan, Objective objective) {
    this.plan = plan;
    this.objective = objective;
  }

  /** The window of a measurement: long enough for the requests that the percentiles need. */
  int window(double capacityPerSecond, double load, Search.Kind kind) {
    double perSecond = Math.min(1, load) * capacityPerSecond;
    double needed = Math.ceil(RESERVE * objective.answersNeeded() / perSecond);
    double seconds = Math.max((double) plan.experiment().measure().toSeconds(), needed);
    return (int) (kind == Search.Kind.CONFIRMATION ? longer(seconds, load) : seconds);
  }

  /** Three times a probe at 1x, or at least as long as a probe at a lower load. */
  private static double longer(double seconds, double load) {
    return Math.max(seconds, CONFIRMATION * Math.min(1, load) * seconds);
  }

  /** The load of a measurement, in seconds. */
  double load(double capacityPerSecond, double load, Search.Kind kind) {
    return plan.experiment().leadIn().toSeconds() + window(capacityPerSecond, load, kind);
  }

  /** The start of a server with its warm-up. */
  double start() {
    return plan.start().toMillis() / 1e3;
  }

  /**
   * Whether a calibration may be repeated: if what is left then suffices for the shortest search,
   * which is one probe and one confirmation on a fresh server.
   *
   * @param repeat what it would take
   * @param secondsLeft of the time for the search
   * @param capacityPerSecond as far as is known
   */
  boolean affords(Duration repeat, double secondsLeft, double capacityPerSecond) {
    double shortest =
        start()
            + load(capacityPerSecond, Search.START, Search.Kind.PROBE)
            + load(capacityPerSecond, Search.START, Search.Kind.CONFIRMATION)
            + 2 * Probing.OVERHEAD_SECONDS;
    return repeat.toMillis() / 1e3 + shortest <= secondsLeft;
  }
}
