package shedlab.spec;

import java.time.Duration;
import java.util.List;

/**
 * What the tuned profile of a piece is for: answers within a deadline, from so many workers.
 *
 * @param deadline from arrival to completion; later answers are of no use
 * @param workers that serve at once: the cores
 */
public record Target(Duration deadline, int workers) {
  /** Whose values stand for those that a text does not give. */
  enum Profile {
    /** The source's own. */
    DEFAULT,
    /** Computed from a target. */
    TUNED
  }

  static final Parameter<Profile> PROFILE =
      Parameter.choice("profile", "whose values stand for those not given", Profile.class)
          .defaultsTo(Profile.DEFAULT);
  static final Parameter<Duration> DEADLINE =
      Parameter.duration("deadline", "from arrival to completion");
  static final Parameter<Integer> WORKERS =
      Parameter.integer("workers", "that serve at once: the cores", 1, 10_000);
  static final List<Parameter<?>> PARAMETERS = List.of(PROFILE, DEADLINE, WORKERS);

  /** This share of the deadline. */
  public Duration part(double share) {
    return Duration.ofNanos(Math.max(1, Math.round(share * deadline.toNanos())));
  }
}
