package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Ticket;

/**
 * A bounded line ordered by rank, lowest first, and by arrival among equal ranks. When it is full,
 * a new ticket that ranks before the last displaces it. Ranks are compared by difference, so they
 * may be times. A ticket keeps the rank with which it came.
 *
 * <p>A sorted ring buffer: either end is taken in constant time, and a ticket that ranks before all
 * others comes in so; any other moves past every ticket that ranks after it.
 */
final class Ranking {
  /**
   * Places allocated at first. A longer line grows by half its size and never shrinks, so it
   * allocates a few times in its life and not for each waiting request.
   */
  private static final int FIRST = 1_024;

  private final int capacity;
  private @Nullable Ticket[] ring;
  private long[] ranks;
  private int head;
  private int size;

  Ranking(int capacity) {
    this.capacity = capacity;
    this.ring = new Ticket[Math.min(capacity, FIRST)];
    this.ranks = new long[ring.length];
  }

  /** Returns the ticket that is left without a place, or null. */
  @Nullable Ticket offer(Ticket ticket, long rank) {
    Ticket displaced = null;
    if (size == capacity) {
      if (rank - rankAt(size - 1) >= 0) {
        return ticket;
      }
      displaced = pollLast();
    }
    grow();
    if (size > 0 && rank - rankAt(0) < 0) {
      head = head == 0 ? ring.length - 1 : head - 1;
      size++;
      put(0, ticket, rank);
      return displaced;
    }
    int place = size++;
    while (place > 0 && rank - rankAt(place - 1) < 0) {
      put(place, at(place - 1), rankAt(place - 1));
      place--;
    }
    put(place, ticket, rank);
    return displaced;
  }

  @Nullable Ticket first() {
    return size == 0 ? null : at(0);
  }

  /** There must be one. */
  long firstRank() {
    return rankAt(0);
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

  @Nullable Ticket last() {
    return size == 0 ? null : at(size - 1);
  }

  /** There must be one. */
  long lastRank() {
    return rankAt(size - 1);
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
          put(next - 1, at(next), rankAt(next));
        }
        pollLast();
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
      int length = Math.min(capacity, size + size / 2 + 1);
      Ticket[] tickets = new Ticket[length];
      long[] theirs = new long[length];
      for (int place = 0; place < size; place++) {
        tickets[place] = at(place);
        theirs[place] = rankAt(place);
      }
      ring = tickets;
      ranks = theirs;
      head = 0;
    }
  }

  private Ticket at(int place) {
    Ticket ticket = ring[index(place)];
    if (ticket == null) {
      throw new IndexOutOfBoundsException(place);
    }
    return ticket;
  }

  private long rankAt(int place) {
    return ranks[index(place)];
  }

  private void put(int place, Ticket ticket, long rank) {
    ring[index(place)] = ticket;
    ranks[index(place)] = rank;
  }

  private int index(int place) {
    int index = head + place;
    return index < ring.length ? index : index - ring.length;
  }
}
