package shedlab.simulation;

import org.jspecify.annotations.Nullable;

/** What a user wants, over all its tries. Used again. */
final class Request {
  /** Ends the patience of a try, or a pause before the next. */
  final Heap.Entry<Runnable> alarm;

  /** In the list of those that may be used again. */
  @Nullable Request next;

  /** The try under way; null in a pause. */
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
