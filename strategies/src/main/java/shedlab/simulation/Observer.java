package shedlab.simulation;

import shedlab.simulation.result.Interval;

/** Is called for what happens, while it happens. A run has many requests: do not keep them all. */
public interface Observer {
  /** Ignores everything. */
  Observer NONE = new Observer() {};

  /**
   * A request has ended. Called for every request, those of the lead-in included, when the ending
   * is decided: for a refusal that takes time, {@code endedNanos} is later than now.
   *
   * @param tenant its number in the list of tenants
   */
  default void ended(long intendedNanos, long endedNanos, Ending ending, int tenant) {}

  /** An interval is over. */
  default void interval(Interval interval) {}
}
