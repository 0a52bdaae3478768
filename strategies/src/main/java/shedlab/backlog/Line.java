package shedlab.backlog;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Ticket;

/** A bounded line in the order of arrival: what most disciplines keep their waiters in. */
final class Line {
  /**
   * Room at first. A longer line grows by halves, and keeps what it has: that allocates a few times
   * in its life, not for each waiter.
   */
  private static final int FIRST = 1_024;

  private final int capacity;
  private final ArrayDeque<Ticket> waiting;

  Line(int capacity) {
    this.capacity = capacity;
    this.waiting = new ArrayDeque<>(Math.min(capacity, FIRST));
  }

  /** The ticket itself if there is no room, else null. */
  @Nullable Ticket offer(Ticket ticket) {
    if (full()) {
      return ticket;
    }
    waiting.addLast(ticket);
    return null;
  }

  @Nullable Ticket oldest() {
    return waiting.peekFirst();
  }

  @Nullable Ticket pollOldest() {
    return waiting.pollFirst();
  }

  @Nullable Ticket pollNewest() {
    return waiting.pollLast();
  }

  /** Takes out the oldest if it has waited so long. */
  @Nullable Ticket evict(long waitNanos, long nowNanos) {
    Ticket oldest = waiting.peekFirst();
    return oldest != null && nowNanos - oldest.enteredNanos() >= waitNanos
        ? waiting.pollFirst()
        : null;
  }

  /** Everybody steps out and, but for this one, in again: by identity, and without an iterator. */
  boolean remove(Ticket ticket) {
    int before = waiting.size();
    for (int i = 0; i < before; i++) {
      Ticket next = waiting.removeFirst();
      if (next != ticket) {
        waiting.addLast(next);
      }
    }
    return waiting.size() < before;
  }

  int size() {
    return waiting.size();
  }

  boolean full() {
    return waiting.size() >= capacity;
  }
}
