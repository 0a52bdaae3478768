package shedlab.admission;

import org.jspecify.annotations.Nullable;

/**
 * Who waits when the limit is reached, in which order they are admitted, and when they are given up
 * on.
 *
 * <p>Sequential: one thread at a time calls it, with happens-before between calls. Calls carry a
 * non-decreasing {@code nowNanos}. Must not block, allocate per call or throw. An instance belongs
 * to one {@link Gate}.
 */
public interface Backlog {
  /**
   * Takes in a ticket that cannot be admitted now.
   *
   * @return whoever is left without a place: null, the ticket itself if there is no room for it, or
   *     a waiter that it displaced
   */
  @Nullable Ticket offer(Ticket ticket, long nowNanos);

  /** Removes and returns the next waiter to give up on, or null if none is due. */
  @Nullable Ticket evict(long nowNanos);

  /** Removes and returns the next waiter to admit, or null if nobody waits. */
  @Nullable Ticket poll(long nowNanos);

  /** Removes a waiter whose client has left; false if it does not wait here. */
  boolean remove(Ticket ticket);

  /** How many wait. */
  int size();

  /**
   * True if {@link #offer} would turn away any ticket until a waiter goes. The gate then refuses
   * arrivals without asking.
   */
  boolean full();
}
