package shedlab.load;

/** The intended starts of a load, one after the other. Not thread-safe. */
public interface Arrivals {
  /** No more arrivals. */
  long END = Long.MAX_VALUE;

  /**
   * The next intended start in nanoseconds from zero, never before the last; {@link #END} after.
   */
  long nextNanos();

  /**
   * The size of the request that was the latest to start, beside what a law of sizes draws for it;
   * 1 in the mean.
   */
  default double work() {
    return 1;
  }
}
