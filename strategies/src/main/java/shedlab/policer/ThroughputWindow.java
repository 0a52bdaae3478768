package shedlab.policer;

/**
 * Completions of the last seconds in buckets: how many the best bucket had, and the least mean time
 * of any. The bucket under way does not count: it is not complete.
 */
final class ThroughputWindow {
  private static final double NONE = Double.MAX_VALUE;

  private final long bucketNanos;
  private final int[] counts;
  private final double[] totals;
  private boolean began;
  private long bucketBeganNanos;
  private int current;

  /** Of every bucket but the one under way, so that it changes only when another begins. */
  private int most = 1;

  /** Likewise. */
  private double least = NONE;

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
    return (double) most / bucketNanos;
  }

  /** The least mean time of a bucket, in the unit of the times added. */
  double leastMean(long nowNanos, double ifNoneIsKnown) {
    moveTo(nowNanos);
    return least == NONE ? ifNoneIsKnown : least;
  }

  private void moveTo(long nowNanos) {
    if (!began) {
      began = true;
      bucketBeganNanos = nowNanos;
    }
    long passed = (nowNanos - bucketBeganNanos) / bucketNanos;
    if (passed <= 0) {
      return;
    }
    for (long i = 0; i < Math.min(passed, counts.length); i++) {
      current = (current + 1) % counts.length;
      counts[current] = 0;
      totals[current] = 0;
    }
    bucketBeganNanos += passed * bucketNanos;
    lookAtAll();
  }

  private void lookAtAll() {
    most = 1;
    least = NONE;
    for (int i = 0; i < counts.length; i++) {
      if (i != current && counts[i] > 0) {
        most = Math.max(most, counts[i]);
        least = Math.min(least, totals[i] / counts[i]);
      }
    }
  }
}
