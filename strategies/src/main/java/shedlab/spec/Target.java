package shedlab.spec;

import java.time.Duration;
import java.util.List;

/**
 * The target of a tuned profile: answers within a deadline, from so many workers.
 *
 * @param deadline from arrival to completion; later answers are of no use
 * @param workers how many serve at once: the cores
 */
public record Target(Duration deadline, int workers) {
  /** Where the values come from that a text does not give. */
  enum Profile {
    /** The source's own. */
    DEFAULT,
    /** Computed from a target. */
    TUNED
  }

  static final Parameter<Profile> PROFILE =
      Parameter.choice("profile", "where the values come from that are not given", Profile.class)
          .defaultsTo(Profile.DEFAULT);
  static final Parameter<Duration> DEADLINE =
      Parameter.duration("deadline", "from arrival to completion");
  static final Parameter<Integer> WORKERS =
      Parameter.integer("workers", "how many serve at once: the cores", 1, 10_000);
  static final List<Parameter<?>> PARAMETERS = List.of(PROFILE, DEADLINE, WORKERS);

  /**
   * The greatest limit: as many tasks for each worker as are still in time if each takes a third of
   * the deadline. Without the service time no more is safe.
   */
  public int mostInFlight() {
    return 3 * workers;
  }

  /** This share of the deadline. */
  public Duration part(double share) {
    return Duration.ofNanos(Math.max(1, Math.round(share * deadline.toNanos())));
  }
}
