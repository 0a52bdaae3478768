package shedlab.admission;

import org.jspecify.annotations.Nullable;

/**
 * The queue in front of a limit: which requests wait, in which order they are admitted, and when
 * they expire.
 *
 * <p>Sequential: one thread at a time calls it, with happens-before between calls. Calls carry a
 * non-decreasing {@code nowNanos}. Must not block, allocate per call or throw. An instance belongs
 * to one {@link Gate}.
 */
public interface Backlog {
  /**
   * Takes in a ticket that cannot be admitted now.
   *
   * @return the ticket that is now without a place: null if none, this one if there is no room for
   *     it, or a waiting one that it displaced
   */
  @Nullable Ticket offer(Ticket ticket, long nowNanos);

  /** Removes and returns the next waiting ticket that has expired, or null if there is none. */
  @Nullable Ticket evict(long nowNanos);

  /** Removes and returns the next waiting ticket to admit, or null if none waits. */
  @Nullable Ticket poll(long nowNanos);

  /** Removes a waiter whose client has left; false if it does not wait here. */
  boolean remove(Ticket ticket);

  /** How many wait. */
  int size();

  /**
   * True if {@link #offer} would refuse every ticket until a waiting one leaves. The gate then
   * refuses arrivals without asking.
   */
  boolean full();

  /** An admitted request completed; its outcome is {@code SUCCESS} or {@code DROPPED}. */
  default void completed(Ticket ticket) {}

  /** False if {@link #completed} does nothing: the gate then need not call it. */
  default boolean learns() {
    return false;
  }
}
