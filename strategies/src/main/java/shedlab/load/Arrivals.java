package shedlab.load;

/** The intended starts of a load, one after the other. Not thread-safe. */
public interface Arrivals {
  /** No more arrivals. */
  long END = Long.MAX_VALUE;

  /**
   * The next intended start in nanoseconds from zero, never before the last; {@link #END} after.
   */
  long nextNanos();
}
