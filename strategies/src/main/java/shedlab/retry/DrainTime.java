package shedlab.retry;

/**
 * How long a gate needs for what it has: the requests in it over the rate at which requests leave
 * it. In a steady state that is the time that a request spends in it (Little, Operations Research
 * 1961).
 *
 * <p>The rate is an average over the latest second or so in which the gate was not empty: weights
 * fall exponentially, and are corrected for the short time that is known at first (Kingma and Ba,
 * ICLR 2015). Until a request has left, nothing is known, and the time is zero.
 *
 * <p>Sequential: one thread at a time, with happens-before between calls. Deterministic, allocates
 * nothing.
 */
public final class DrainTime {
  private static final double MEMORY_SECONDS = 1;

  private boolean told;
  private long toldNanos;
  private long insideThen;
  private long leftThen;

  /** Sums with falling weights: of the rate, and of the weights. */
  private double rates;

  private double weights;
  private double seconds;

  /**
   * Reads the gate; to be called every few milliseconds.
   *
   * @param inside requests in flight and waiting
   * @param left requests whose work has ended, since the start
   */
  public void observe(long inside, long left, long nowNanos) {
    double elapsed = told ? (nowNanos - toldNanos) / 1e9 : 0;
    if (elapsed > 0) {
      long justLeft = Math.max(0, left - leftThen);
      if (justLeft + insideThen + inside > 0) {
        double kept = StrictMath.exp(-elapsed / MEMORY_SECONDS);
        rates = kept * rates + (1 - kept) * justLeft / elapsed;
        weights = kept * weights + 1 - kept;
      }
      leftThen = left;
    }
    told = true;
    toldNanos = nowNanos;
    insideThen = inside;
    seconds = rates > 0 ? inside * weights / rates : 0;
  }

  /** The time at the latest reading. */
  public double seconds() {
    return seconds;
  }
}
