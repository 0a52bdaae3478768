package shedlab.policer;

/**
 * Completions of the last seconds in buckets: how many the best bucket had, and the least mean time
 * of any. The bucket under way does not count: it is not complete.
 */
final class ThroughputWindow {
  private final long bucketNanos;
  private final int[] counts;
  private final double[] totals;
  private boolean began;
  private long bucketBeganNanos;
  private int current;

  ThroughputWindow(long windowNanos, int buckets) {
    this.bucketNanos = Math.max(1, windowNanos / buckets);
    this.counts = new int[buckets];
    this.totals = new double[buckets];
  }

  void add(double time, long nowNanos) {
    moveTo(nowNanos);
    counts[current]++;
    totals[current] += time;
  }

  /** Completions per nanosecond of the best bucket, and of no less than one completion. */
  double bestPerNano(long nowNanos) {
    moveTo(nowNanos);
    int most = 1;
    for (int i = 0; i < counts.length; i++) {
      most = i == current ? most : Math.max(most, counts[i]);
    }
    return (double) most / bucketNanos;
  }

  /** The least mean time of a bucket, in the unit of the times added. */
  double leastMean(long nowNanos, double ifNoneIsKnown) {
    moveTo(nowNanos);
    double least = Double.MAX_VALUE;
    for (int i = 0; i < counts.length; i++) {
      if (i != current && counts[i] > 0) {
        least = Math.min(least, totals[i] / counts[i]);
      }
    }
    return least == Double.MAX_VALUE ? ifNoneIsKnown : least;
  }

  private void moveTo(long nowNanos) {
    if (!began) {
      began = true;
      bucketBeganNanos = nowNanos;
    }
    long passed = (nowNanos - bucketBeganNanos) / bucketNanos;
    for (long i = 0; i < Math.min(passed, counts.length); i++) {
      current = (current + 1) % counts.length;
      counts[current] = 0;
      totals[current] = 0;
    }
    bucketBeganNanos += Math.max(0, passed) * bucketNanos;
  }
}
