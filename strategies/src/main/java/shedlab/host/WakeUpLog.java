package shedlab.host;

import shedlab.admission.HostView;

/** How late a thread woke, the last {@link HostView#WAKE_UPS} times. Thread-safe. */
public final class WakeUpLog {
  private final long[] lateNanos = new long[HostView.WAKE_UPS];
  private long count;

  /** Adds a wake-up. */
  public synchronized void add(long nanosLate) {
    lateNanos[(int) (count % lateNanos.length)] = nanosLate;
    count++;
  }

  /** How many were added. */
  public synchronized long count() {
    return count;
  }

  /** How late that one was, counted from 0; of one that is not kept any more, a later one's. */
  public synchronized long lateNanos(long wakeUp) {
    return lateNanos[Math.floorMod(wakeUp, lateNanos.length)];
  }
}
