package shedlab.bench.conformance;

import java.time.Duration;
import java.util.List;

/**
 * What a trial takes at most, whatever the target does.
 *
 * @param answer time for one answer
 * @param burst time for the answers of a burst, all together
 * @param whole time after which no further rule is tried
 * @param task what is timed takes at least so long
 * @param work the work of a burst: so long with one CPU, if nothing is shed
 * @param sizes requests of a burst; the next one only if nothing was shed
 */
record Bounds(
    Duration answer,
    Duration burst,
    Duration whole,
    Duration task,
    Duration work,
    List<Integer> sizes) {
  /** The largest one is more than what servers admit without any setting. */
  static final Bounds ORDINARY =
      new Bounds(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofMinutes(3),
          Duration.ofMillis(20),
          Duration.ofMillis(3_200),
          List.of(64, 512));
}
