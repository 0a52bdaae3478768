package shedlab.backlog;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Ticket;

/**
 * A bounded line in the order of arrival, in which most disciplines keep their waiting requests.
 */
final class Line {
  /**
   * Places allocated at first. A longer line grows by half its size and never shrinks, so it
   * allocates a few times in its life and not for each waiting request.
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

  /** Takes out the oldest if it has waited at least {@code waitNanos}. */
  @Nullable Ticket evict(long waitNanos, long nowNanos) {
    Ticket oldest = waiting.peekFirst();
    return oldest != null && nowNanos - oldest.enteredNanos() >= waitNanos
        ? waiting.pollFirst()
        : null;
  }

  /**
   * Takes out every ticket and puts all but this one back: compares by identity, allocates no
   * iterator.
   */
  boolean remove(Ticket ticket) {
    if (waiting.peekFirst() == ticket) { // most clients that leave have waited longest
      waiting.removeFirst();
      return true;
    }
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
