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
