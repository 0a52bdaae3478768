package shedlab.simulation;

/** Told of what happens, while it happens. Must not keep what does not fit into its memory. */
public interface Observer {
  /** Looks away. */
  Observer NONE = new Observer() {};

  /**
   * A request has ended. Called for every one, also those of the lead-in, in the order of the
   * endings' causes: a refusal that takes time is told when it is decided.
   *
   * @param tenant its number in the list of tenants
   */
  default void ended(long intendedNanos, long endedNanos, Ending ending, int tenant) {}

  /** An interval is over. */
  default void interval(Interval interval) {}
}
