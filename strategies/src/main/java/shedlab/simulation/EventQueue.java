package shedlab.simulation;

import shedlab.admission.NanoClock;

/**
 * What is going to happen, and the time: the clock stands still while something happens and jumps
 * to the next event. Events of the same nanosecond happen in the order in which they were set.
 */
final class EventQueue implements NanoClock {
  private final Heap<Runnable> events = new Heap<>();
  private long nowNanos;

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

  /** Lets everything happen that is set up to and including {@code endNanos}. */
  void runUntil(long endNanos) {
    while (events.leastKey() <= endNanos) {
      nowNanos = events.leastKey();
      events.poll().run();
    }
    nowNanos = endNanos;
  }
}
