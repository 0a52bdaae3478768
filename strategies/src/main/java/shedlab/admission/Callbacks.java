package shedlab.admission;

import org.jspecify.annotations.Nullable;

/**
 * Runs the host's callbacks, and knows whether this thread is inside one. A ticket that enters from
 * a callback is decided after that callback has returned or in the gate's inbox, never by a call
 * further down the stack: otherwise a ticket that enters again from {@code onShed} would fill the
 * stack.
 *
 * <p>What a callback throws is reported and does not disturb the thread's own work.
 *
 * <p>One instance per thread, made at its first decision.
 */
final class Callbacks {
  private static final ThreadLocal<Callbacks> OF_THREAD = ThreadLocal.withInitial(Callbacks::new);

  private boolean running;

  /** Tickets that entered a {@link LimiterGate} from a callback, oldest first. */
  private @Nullable Ticket firstPostponed;

  private @Nullable Ticket lastPostponed;

  private Callbacks() {}

  static Callbacks ofThisThread() {
    return OF_THREAD.get();
  }

  /** True inside a callback. */
  boolean running() {
    return running;
  }

  /** What the callback threw, or null. */
  @Nullable Throwable admit(Ticket ticket) {
    boolean inside = running;
    running = true;
    Throwable thrown = null;
    try {
      ticket.onAdmitted();
    } catch (Throwable e) {
      thrown = e;
    }
    end(inside);
    return thrown;
  }

  void shed(Ticket ticket, Shed reason) {
    boolean inside = running;
    running = true;
    try {
      ticket.onShed(reason);
    } catch (Throwable e) {
      report(e);
    }
    end(inside);
  }

  /** Lets the ticket enter its gate once the outermost callback of this thread has returned. */
  void postpone(Ticket ticket) {
    if (lastPostponed == null) {
      firstPostponed = ticket;
    } else {
      lastPostponed.nextPosted = ticket;
    }
    lastPostponed = ticket;
  }

  private void end(boolean inside) {
    while (!inside && firstPostponed != null) {
      Ticket next = firstPostponed;
      firstPostponed = next.nextPosted;
      lastPostponed = firstPostponed == null ? null : lastPostponed;
      next.nextPosted = null;
      try {
        next.enterPostponed();
      } catch (Throwable e) {
        report(e);
      }
    }
    running = inside;
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
