package shedlab.host;

import java.util.function.LongConsumer;
import shedlab.admission.HostView;
import shedlab.admission.NanoClock;

/**
 * How late the calling thread wakes: it sleeps for a millisecond again and again and tells how much
 * longer that took, as Gil Tene's jHiccup does. On an idle CPU this is what the machine itself adds
 * to a response time. Costs the CPU well below 1 % of its time. Stateless; any thread.
 */
public final class WakeUps {
  /** How long each sleep should take. */
  public static final long SLEEP_NANOS = HostView.SLEEP_NANOS;

  private final NanoClock clock;
  private final LongConsumer sleep;

  /**
   * With a clock and a way to sleep.
   *
   * @param sleep puts the calling thread to sleep for so many nanoseconds, as {@code
   *     LockSupport.parkNanos} does
   */
  public WakeUps(NanoClock clock, LongConsumer sleep) {
    this.clock = clock;
    this.sleep = sleep;
  }

  /**
   * Sleeps again and again until the calling thread is interrupted, or this point of {@link
   * System#nanoTime()} is reached. A sleep that an interrupt ends is not told.
   *
   * @param lateNanos is told of every sleep how late it ended; 0 if it ended early
   */
  public void until(long endNanos, LongConsumer lateNanos) {
    for (long before = clock.nanos(); before - endNanos < 0; ) {
      sleep.accept(SLEEP_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      long after = clock.nanos();
      lateNanos.accept(Math.max(0, after - before - SLEEP_NANOS));
      before = after;
    }
  }
}
