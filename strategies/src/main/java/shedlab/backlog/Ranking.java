package shedlab.backlog;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Ticket;

/**
 * A bounded line ordered by rank, lowest first, and by arrival among equal ranks. When it is full,
 * a new ticket that ranks before the last displaces it. Ranks are compared by difference, so they
 * may be times.
 *
 * <p>A sorted ring buffer: the first is taken in constant time, a new ticket moves past every
 * ticket that ranks after it.
 */
final class Ranking {
  /**
   * Places allocated at first. A longer line grows by half its size and never shrinks, so it
   * allocates a few times in its life and not for each waiting request.
   */
  private static final int FIRST = 1_024;

  private final ToLongFunction<Ticket> rank;
  private final int capacity;
  private @Nullable Ticket[] ring;
  private int head;
  private int size;

  Ranking(int capacity, ToLongFunction<Ticket> rank) {
    this.rank = rank;
    this.capacity = capacity;
    this.ring = new Ticket[Math.min(capacity, FIRST)];
  }

  /** Returns the ticket that is left without a place, or null. */
  @Nullable Ticket offer(Ticket ticket) {
    Ticket displaced = null;
    if (size == capacity) {
      Ticket last = at(size - 1);
      if (!before(ticket, last)) {
        return ticket;
      }
      displaced = last;
      size--;
    }
    grow();
    int place = size++;
    while (place > 0 && before(ticket, at(place - 1))) {
      put(place, at(place - 1));
      place--;
    }
    put(place, ticket);
    return displaced;
  }

  @Nullable Ticket first() {
    return size == 0 ? null : at(0);
  }

  @Nullable Ticket pollFirst() {
    Ticket first = first();
    if (first != null) {
      ring[head] = null;
      head = index(1);
      size--;
    }
    return first;
  }

  /** Puts a ticket that ranks before all others in front of them; there must be room. */
  void offerFirst(Ticket ticket) {
    grow();
    head = head == 0 ? ring.length - 1 : head - 1;
    size++;
    put(0, ticket);
  }

  @Nullable Ticket last() {
    return size == 0 ? null : at(size - 1);
  }

  @Nullable Ticket pollLast() {
    Ticket last = last();
    if (last != null) {
      size--;
      ring[index(size)] = null;
    }
    return last;
  }

  /** Searches the whole line. */
  boolean remove(Ticket ticket) {
    for (int place = 0; place < size; place++) {
      if (at(place) == ticket) {
        for (int next = place + 1; next < size; next++) {
          put(next - 1, at(next));
        }
        size--;
        ring[index(size)] = null;
        return true;
      }
    }
    return false;
  }

  int size() {
    return size;
  }

  private void grow() {
    if (size == ring.length) {
      Ticket[] larger = new Ticket[Math.min(capacity, ring.length + ring.length / 2 + 1)];
      for (int place = 0; place < size; place++) {
        larger[place] = at(place);
      }
      ring = larger;
      head = 0;
    }
  }

  private boolean before(Ticket a, Ticket b) {
    return rank.applyAsLong(a) - rank.applyAsLong(b) < 0;
  }

  private Ticket at(int place) {
    Ticket ticket = ring[index(place)];
    if (ticket == null) {
      throw new IndexOutOfBoundsException(place);
    }
    return ticket;
  }

  private void put(int place, Ticket ticket) {
    ring[index(place)] = ticket;
  }

  private int index(int place) {
    int index = head + place;
    return index < ring.length ? index : index - ring.length;
  }
}
