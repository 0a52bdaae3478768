package shedlab.simulation;

import shedlab.host.WakeUpLog;
import shedlab.host.WakeUps;

/**
 * The thread that only sleeps, and how late it wakes. It runs at once on an idle core. Else it
 * waits as behind a run queue that is served in turn, a slice each; and for refusals that delay all
 * work. Linux lets a thread that has slept go first if it is owed time, so it often waits less.
 */
final class Sleeper {
  /** Linux's base slice from eight CPUs on. */
  private static final double SLICE_NANOS = 3_000_000;

  private final WakeUpLog wakeUps = new WakeUpLog();

  /** Somebody has asked for wake-ups. */
  private boolean watched;

  /** It is awake and waits for a core. */
  private boolean ready;

  /** Since when it waits, or until when it sleeps. */
  private long dueNanos;

  /** When it gets a core. */
  private double runsNanos;

  /** What it has told so far. From the first call on it sleeps and wakes. */
  WakeUpLog log(long nowNanos) {
    if (!watched) {
      watched = true;
      dueNanos = nowNanos + WakeUps.SLEEP_NANOS;
    }
    return wakeUps;
  }

  boolean watched() {
    return watched;
  }

  long lateNanos(long wakeUp) {
    return wakeUps.lateNanos(wakeUp);
  }

  /** No thread ran for this long. */
  void stalled(double elapsed) {
    runsNanos += elapsed; // if it waits
  }

  /**
   * Time passed in which nothing else changed; to be called while it is watched.
   *
   * @param slices how many others it waits for when it wakes, a slice each
   * @param heldUpNanos for how long refusals delayed all other work at the beginning
   */
  void advance(long fromNanos, long nowNanos, double slices, double heldUpNanos) {
    while (ready ? runsNanos <= nowNanos : dueNanos <= nowNanos) {
      if (ready) {
        wakeUps.add((long) runsNanos - dueNanos);
        dueNanos = (long) runsNanos + WakeUps.SLEEP_NANOS;
      } else {
        long from = Math.max(dueNanos, fromNanos);
        runsNanos = from + SLICE_NANOS * slices + Math.max(0, heldUpNanos - (from - fromNanos));
      }
      ready = !ready;
    }
  }
}
