package shedlab.numbers;

import java.util.Arrays;

/**
 * Counts of durations in log-linear buckets, as in Tene's HdrHistogram: a bucket is at most {@code
 * 2^-bits} of its value wide. Fixed size, nothing is allocated after it is made. Not thread-safe.
 */
public final class Histogram {
  private final int bits;
  private final long[] counts;
  private long total;
  private long max;

  /** Of 5 bits, a bucket is at most 1/32 of its value wide; of 7 bits, 1/128. */
  public Histogram(int bits) {
    this.bits = bits;
    this.counts = new long[(Long.SIZE - bits) << bits];
  }

  /** Counts a value; below zero counts as zero. */
  public void record(long value) {
    long v = Math.max(0, value);
    counts[bucketWith(v, bits)]++;
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
    if (total == 0) {
      return 0;
    }
    return Math.min(max, upper(bucketOf((long) Math.ceil(total * percent / 100)), bits));
  }

  /** The middle of the bucket that holds the quantile; at least one value must be recorded. */
  public double quantile(double share) {
    int bucket = bucketOf((long) Math.ceil(share * total));
    int shift = shift(bucket, bits);
    double low = (double) (bucket - (shift << bits)) * (1L << shift);
    return low + ((1L << shift) - 1) / 2.0;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(counts, 0, bucketWith(max, bits) + 1, 0);
    total = 0;
    max = 0;
  }

  /** The bucket of a value of zero or more. */
  static int bucketWith(long value, int bits) {
    int shift = Math.max(0, Long.SIZE - 1 - bits - Long.numberOfLeadingZeros(value));
    return (shift << bits) + (int) (value >>> shift);
  }

  private int bucketOf(long rank) {
    long wanted = Math.max(1, rank);
    int bucket = -1;
    for (long seen = 0; seen < wanted; seen += counts[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /** The greatest value in the bucket. */
  static long upper(int bucket, int bits) {
    int shift = shift(bucket, bits);
    return ((long) (bucket - (shift << bits) + 1) << shift) - 1;
  }

  /** Twice {@code 2^bits} buckets have width 1; then each {@code 2^bits} are twice as wide. */
  private static int shift(int bucket, int bits) {
    return Math.max(0, (bucket >> bits) - 1);
  }
}
