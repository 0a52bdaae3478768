package shedlab.admission;

import org.jspecify.annotations.Nullable;

/** Foreign code: what it throws is reported, and does no harm to the thread's own work. */
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
      // As the JVM does: a handler that fails has nobody left to tell.
    }
  }
}
