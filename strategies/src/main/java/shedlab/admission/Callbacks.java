package shedlab.admission;

import org.jspecify.annotations.Nullable;

/**
 * Runs the host's callbacks. What they throw is reported and does not disturb the thread's own
 * work.
 */
final class Callbacks {
  private Callbacks() {}

  /** What the callback threw, or null. */
  static @Nullable Throwable admit(Ticket ticket) {
    try {
      ticket.onAdmitted();
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  static void shed(Ticket ticket, Shed reason) {
    try {
      ticket.onShed(reason);
    } catch (Throwable e) {
      report(e);
    }
  }

  static void report(Throwable e) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } catch (Throwable ignored) {
      // As in the JVM: there is no one left to report a failing handler to.
    }
  }
}
