package shedlab.policer.cpu;

import java.time.Duration;
import shedlab.admission.HostView;
import shedlab.numbers.Histogram;

/**
 * The wake-ups of a host that its policy has not seen yet; of before its first look, none. A thread
 * that has not woken since the last look is late by the time that has passed since it was last seen
 * awake, less its sleep: otherwise the longer it waits, the less would be heard of it.
 */
final class UnseenWakeUps {
  /**
   * For tuned profiles, which allow three at once on a core ({@code Target.mostInFlight}): behind
   * three of them a woken thread waits for half a slice of 3 ms and two more.
   */
  static final Duration LATE_WHERE_THREE_SHARE_A_CORE = Duration.ofNanos(7_500_000);

  private boolean began;
  private long seen;
  private long sawNanos;

  /** How late the latest was; 0 if none was late. */
  long worstNanos(HostView host, long nowNanos) {
    long count = host.wakeUps();
    long worst = overdueNanos(count, nowNanos);
    for (long wakeUp = first(count); wakeUp < count; wakeUp++) {
      worst = Math.max(worst, host.lateNanos(wakeUp));
    }
    saw(count, nowNanos);
    return worst;
  }

  /** Counts how late each was, or is. */
  void addTo(Histogram lateness, HostView host, long nowNanos) {
    long count = host.wakeUps();
    long overdue = overdueNanos(count, nowNanos);
    if (overdue > 0) {
      lateness.record(overdue);
    }
    for (long wakeUp = first(count); wakeUp < count; wakeUp++) {
      lateness.record(host.lateNanos(wakeUp));
    }
    saw(count, nowNanos);
  }

  private long overdueNanos(long count, long nowNanos) {
    return began && count == seen ? Math.max(0, nowNanos - sawNanos - HostView.SLEEP_NANOS) : 0;
  }

  private long first(long count) {
    return began ? Math.max(seen, count - HostView.WAKE_UPS) : count;
  }

  private void saw(long count, long nowNanos) {
    if (!began || count != seen) {
      began = true;
      seen = count;
      sawNanos = nowNanos;
    }
  }
}
