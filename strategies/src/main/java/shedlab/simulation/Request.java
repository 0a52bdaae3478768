package shedlab.simulation;

import org.jspecify.annotations.Nullable;

/** A request over all its tries. Objects are reused. */
final class Request {
  /** The timeout of a try, or the end of the pause before the next. */
  final Heap.Entry<Runnable> alarm;

  /** The next in the list of objects to reuse. */
  @Nullable Request next;

  /** The current try; null in a pause. */
  @Nullable Visit visit;

  /** Its intended start is in the measured window. */
  boolean measured;

  long intendedNanos;
  double workNanos;
  int tenant;
  int tries;

  Request(Clients clients) {
    alarm = EventQueue.event(() -> clients.alarm(this));
  }
}
