package shedlab.admission;

import java.util.Set;

/**
 * Refuses requests on arrival, before the limit is checked: by rate, by priority or by the expected
 * response time.
 *
 * <p>Sequential: one thread at a time calls it, with happens-before between calls. Calls carry a
 * non-decreasing {@code nowNanos}. Deterministic; must not block, allocate per call or throw. An
 * instance belongs to one {@link Gate}, and sees every arrival.
 */
public interface Policer {
  /** False if the arriving request is to be shed as {@link Shed#POLICED}. */
  boolean admits(Ticket ticket, GateView gate, long nowNanos);

  /**
   * False if a waiter whose turn has come is to be shed as {@link Shed#EXPIRED} instead of being
   * admitted.
   */
  default boolean keeps(Ticket waiter, long nowNanos) {
    return true;
  }

  /** An admitted request completed; its outcome is {@code SUCCESS} or {@code DROPPED}. */
  default void completed(Ticket ticket) {}

  /** What it cannot decide without. Always the same. */
  default Set<Signal> needs() {
    return Set.of();
  }

  /** False if {@link #completed} does nothing: the gate then need not call it. */
  default boolean learns() {
    return true;
  }
}
