package shedlab.numbers;

/**
 * The distribution of the latest durations: a fixed number of them, each in a bucket of a {@link
 * Histogram}, at most a thirty-second of its value wide. The oldest is forgotten with each new one.
 * Nothing is allocated after it is made. Not thread-safe.
 */
public final class RecentTimes {
  private static final int BITS = 5;

  private final short[] window;
  private final int[] counts = new int[(Long.SIZE - BITS) << BITS];
  private int next;
  private int size;
  private double sum;

  /** Of the latest {@code window} durations. */
  public RecentTimes(int window) {
    this.window = new short[window];
  }

  /** Takes in a duration; below zero counts as zero. */
  public void record(long nanos) {
    if (size == window.length) {
      counts[window[next]]--;
      sum -= upper(window[next]);
    } else {
      size++;
    }
    int bucket = Histogram.bucketWith(Math.max(0, nanos), BITS);
    window[next] = (short) bucket;
    counts[bucket]++;
    sum += upper(bucket);
    next = next + 1 == window.length ? 0 : next + 1;
  }

  /** How many it knows. */
  public int size() {
    return size;
  }

  /** Their mean, each taken as the upper end of its bucket; 0 of none. */
  public double mean() {
    return size == 0 ? 0 : sum / size;
  }

  /** The share that are {@code nanos} or shorter, in full buckets; 0 of none. */
  public double shareWithin(long nanos) {
    if (size == 0 || nanos < 0) {
      return 0;
    }
    int within = 0;
    for (int bucket = 0; bucket < counts.length && upper(bucket) <= nanos; bucket++) {
      within += counts[bucket];
    }
    return (double) within / size;
  }

  /** The upper end of the bucket of the quantile; 0 of none. */
  public long quantile(double share) {
    if (size == 0) {
      return 0;
    }
    int wanted = Math.max(1, (int) Math.ceil(share * size));
    int bucket = -1;
    for (int seen = 0; seen < wanted; seen += counts[bucket]) {
      bucket++;
    }
    return upper(bucket);
  }

  private static long upper(int bucket) {
    return Histogram.upper(bucket, BITS);
  }
}
