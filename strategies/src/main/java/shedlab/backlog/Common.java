package shedlab.backlog;

import java.time.Duration;
import shedlab.spec.Parameter;

/** Parameters that every discipline has. */
final class Common {
  static final Parameter<Integer> CAPACITY =
      Parameter.integer("capacity", "places to wait", 1, 1_000_000);
  static final Parameter<Duration> TIMEOUT =
      Parameter.duration("timeout", "longest wait").defaultsTo(Duration.ofSeconds(1));

  private Common() {}
}
