package shedlab.simulation;

import org.jspecify.annotations.Nullable;
import shedlab.admission.NanoClock;

/**
 * What is going to happen, and the time: the clock stands still while something happens and jumps
 * to the next event. Events of the same nanosecond happen in the order in which they were set.
 */
final class EventQueue implements NanoClock {
  private final Heap<Runnable> events = new Heap<>();
  private long nowNanos;
  private @Nullable Throwable thrown;

  /** An event that is not set yet; it may be set again and again. */
  static Heap.Entry<Runnable> event(Runnable what) {
    return new Heap.Entry<>(what);
  }

  @Override
  public long nanos() {
    return nowNanos;
  }

  /** Sets it, or moves it. */
  void at(Heap.Entry<Runnable> event, long nanos) {
    events.put(event, nanos);
  }

  void cancel(Heap.Entry<Runnable> event) {
    events.remove(event);
  }

  /** Ends {@link #runUntil} with this after the event that happens now. */
  void fail(Throwable e) {
    thrown = e;
  }

  /** Lets everything happen that is set up to and including {@code endNanos}. */
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
