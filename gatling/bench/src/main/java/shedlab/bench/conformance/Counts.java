package shedlab.bench.conformance;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** By how much a target's own counts grew. */
record Counts(long received, long admitted, long completed, long shed) {
  /** What a target has counted by now; null if it cannot be read. */
  static @Nullable Metrics now(Tried target) {
    try {
      return target.hasMetrics() ? target.metrics() : null;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Since {@code before}, once so many requests have ended: a target may count one after its
   * answer. They are waited for as long as for an answer.
   *
   * @return null if they can no longer be read
   */
  static @Nullable Counts since(Metrics before, Tried target, int requests) {
    long end = System.nanoTime() + target.bounds().answer().toNanos();
    Counts counts = between(before, now(target));
    while (counts != null && counts.ended() < requests && System.nanoTime() - end < 0) {
      Tried.pause();
      counts = between(before, now(target));
    }
    return counts;
  }

  private static @Nullable Counts between(Metrics before, @Nullable Metrics now) {
    if (now == null || !before.missing().isEmpty() || !now.missing().isEmpty()) {
      return null;
    }
    return new Counts(
        now.grownSince(before, Metrics.RECEIVED),
        now.grownSince(before, Metrics.ADMITTED),
        now.grownSince(before, Metrics.COMPLETED),
        now.grownSince(before, Metrics.SHED));
  }

  private long ended() {
    return completed + shed;
  }

  /** For a message. */
  String shown() {
    return "received "
        + received
        + ", admitted "
        + admitted
        + ", completed "
        + completed
        + ", shed "
        + shed;
  }
}
