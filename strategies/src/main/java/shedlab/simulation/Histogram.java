package shedlab.simulation;

import java.util.Arrays;

/**
 * Counts of times in buckets that are at most 1/128 of their value wide (log-linear, as in Tene's
 * HdrHistogram): fixed size, whatever is recorded. Not thread-safe.
 */
public final class Histogram {
  private static final int BITS = 7;
  private static final int LINEAR = 1 << BITS;

  private final long[] counts = new long[(64 - BITS + 1) * LINEAR];
  private long total;
  private long max;

  /** Counts a value; below zero counts as zero. */
  public void record(long value) {
    long v = Math.max(0, value);
    int shift = Math.max(0, 63 - BITS - Long.numberOfLeadingZeros(v));
    counts[shift * LINEAR + (int) (v >>> shift)]++;
    total++;
    max = Math.max(max, v);
  }

  /** How many were recorded. */
  public long total() {
    return total;
  }

  /** The largest, exactly; 0 of none. */
  public long max() {
    return max;
  }

  /** The upper end of the bucket of the percentile, and never above the largest; 0 of none. */
  public long percentile(double percent) {
    long rank = Math.max(1, (long) Math.ceil(total * percent / 100));
    long seen = 0;
    for (int i = 0; i < counts.length && total > 0; i++) {
      seen += counts[i];
      if (seen >= rank) {
        // From 2 * LINEAR on, a row of LINEAR buckets is twice as coarse as the one before.
        int shift = Math.max(0, i / LINEAR - 1);
        return Math.min(max, ((long) (i - shift * LINEAR + 1) << shift) - 1);
      }
    }
    return 0;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(counts, 0);
    total = 0;
    max = 0;
  }
}
