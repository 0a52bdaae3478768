package shedlab.simulation;

import org.jspecify.annotations.Nullable;

/** A request over all its tries. Objects are reused. */
final class Request {
  /** The client gives up this try. */
  final EventQueue.Timeout timeout;

  /** The end of the pause before the next try. */
  final Heap.Entry<Runnable> pause;

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
    timeout = new EventQueue.Timeout(() -> clients.giveUp(this));
    pause = EventQueue.event(() -> clients.send(this));
  }
}
