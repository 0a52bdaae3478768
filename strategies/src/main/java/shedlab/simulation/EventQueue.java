package shedlab.simulation;

import org.jspecify.annotations.Nullable;
import shedlab.admission.NanoClock;

/**
 * Future events and the clock: the clock stands still during an event and then jumps to the next.
 * Events at the same nanosecond happen in the order in which they were set.
 */
final class EventQueue implements NanoClock {
  private final Heap<Runnable> events = new Heap<>();
  private long nowNanos;
  private @Nullable Throwable thrown;

  /** An event of {@link Timeouts}; it may be set any number of times. */
  static final class Timeout {
    private final Runnable what;
    private boolean set;
    private long nanos;
    private long order;
    private @Nullable Timeout before;
    private @Nullable Timeout after;

    Timeout(Runnable what) {
      this.what = what;
    }
  }

  /**
   * Events that are all set the same time ahead. So they happen in the order in which they were
   * set, and only the first needs a place among the other events: setting and cancelling cost the
   * same however many are set.
   */
  final class Timeouts {
    private final long aheadNanos;
    private final Heap.Entry<Runnable> next = event(this::happen);

    /** The order of the timeout that {@code next} was set for, which may have been cancelled. */
    private long nextOrder;

    private @Nullable Timeout first;
    private @Nullable Timeout last;

    Timeouts(long aheadNanos) {
      this.aheadNanos = aheadNanos;
    }

    /** Sets one that is not set. */
    void set(Timeout timeout) {
      timeout.set = true;
      timeout.nanos = nowNanos + aheadNanos;
      timeout.order = events.nextOrder();
      timeout.before = last;
      if (last == null) {
        first = timeout;
      } else {
        last.after = timeout;
      }
      last = timeout;
      if (!next.queued()) {
        setNext(timeout);
      }
    }

    /** Does nothing if it is not set. */
    void cancel(Timeout timeout) {
      if (!timeout.set) {
        return;
      }
      Timeout before = timeout.before;
      Timeout after = timeout.after;
      if (before == null) {
        first = after;
      } else {
        before.after = after;
      }
      if (after == null) {
        last = before;
      } else {
        after.before = before;
      }
      timeout.before = null;
      timeout.after = null;
      timeout.set = false;
    }

    private void happen() {
      Timeout due = first;
      if (due == null) {
        return;
      }
      boolean happens = due.order == nextOrder;
      if (happens) {
        cancel(due);
      }
      if (first != null) {
        setNext(first);
      }
      if (happens) {
        due.what.run();
      }
    }

    private void setNext(Timeout timeout) {
      nextOrder = timeout.order;
      events.put(next, timeout.nanos, timeout.order);
    }
  }

  /** An event that is not set yet; it may be set any number of times. */
  static Heap.Entry<Runnable> event(Runnable what) {
    return new Heap.Entry<>(what);
  }

  @Override
  public long nanos() {
    return nowNanos;
  }

  /** Sets the event's time, or changes it. */
  void at(Heap.Entry<Runnable> event, long nanos) {
    events.put(event, nanos);
  }

  void cancel(Heap.Entry<Runnable> event) {
    events.remove(event);
  }

  /** Lets {@link #runUntil} throw this after the current event. */
  void fail(Throwable e) {
    thrown = e;
  }

  /** Runs all events up to and including {@code endNanos}. */
  void runUntil(long endNanos) {
    while (events.leastKey() <= endNanos) {
      nowNanos = events.leastKey();
      Heap.Entry<Runnable> event = events.take();
      event.item.run();
      events.drop(event);
      if (thrown != null) {
        throw new IllegalStateException("a simulation that broke", thrown);
      }
    }
    nowNanos = endNanos;
  }
}
