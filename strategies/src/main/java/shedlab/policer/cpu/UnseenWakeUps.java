package shedlab.policer.cpu;

import java.time.Duration;
import shedlab.admission.HostView;
import shedlab.numbers.Histogram;

/** The wake-ups of a host that its policy has not seen yet; of before its first look, none. */
final class UnseenWakeUps {
  /**
   * For tuned profiles, which allow three at once on a core ({@code Target.mostInFlight}): behind
   * three of them a woken thread waits for half a slice of 3 ms and two more.
   */
  static final Duration LATE_WHERE_THREE_SHARE_A_CORE = Duration.ofNanos(7_500_000);

  private boolean began;
  private long seen;

  /** How late the latest was; 0 if there was none. */
  long worstNanos(HostView host) {
    long count = host.wakeUps();
    long worst = 0;
    for (long wakeUp = first(count); wakeUp < count; wakeUp++) {
      worst = Math.max(worst, host.lateNanos(wakeUp));
    }
    seen = count;
    return worst;
  }

  /** Counts how late each was. */
  void addTo(Histogram lateness, HostView host) {
    long count = host.wakeUps();
    for (long wakeUp = first(count); wakeUp < count; wakeUp++) {
      lateness.record(host.lateNanos(wakeUp));
    }
    seen = count;
  }

  private long first(long count) {
    if (!began) {
      began = true;
      return count;
    }
    return Math.max(seen, count - HostView.WAKE_UPS);
  }
}
