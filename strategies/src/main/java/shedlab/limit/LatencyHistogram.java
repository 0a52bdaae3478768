package shedlab.limit;

import java.util.Arrays;

/**
 * Counts of durations in buckets that are at most 1/32 of their value wide: a quantile is read with
 * an error of 1.6 % at most. Fixed size, nothing allocated.
 */
final class LatencyHistogram {
  private static final int SUB_BITS = 5;
  private static final int SUB = 1 << SUB_BITS;

  private final int[] counts = new int[(Long.SIZE - SUB_BITS) * SUB];
  private int total;

  void add(long nanos) {
    counts[bucket(Math.max(0, nanos))]++;
    total++;
  }

  int total() {
    return total;
  }

  /** The middle of the bucket that holds the quantile; at least one value must have been added. */
  double quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    int bucket = -1;
    for (long seen = 0; seen < rank; seen += counts[bucket]) {
      bucket++;
    }
    return middle(bucket);
  }

  void clear() {
    Arrays.fill(counts, 0);
    total = 0;
  }

  /** Below 32 each value has a bucket; above, each power of two has 32. */
  private static int bucket(long value) {
    int shift = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(value | 1));
    return shift * SUB + (int) (value >>> shift);
  }

  private static double middle(int bucket) {
    int shift = Math.max(0, bucket / SUB - 1);
    double low = (double) (bucket - shift * SUB) * (1L << shift);
    return low + ((1L << shift) - 1) / 2.0;
  }
}
