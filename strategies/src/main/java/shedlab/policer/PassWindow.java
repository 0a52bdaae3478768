package shedlab.policer;

/**
 * Completions of the last seconds in buckets: how many the best bucket had, and the least mean time
 * of any. The bucket under way does not count: it is not complete.
 */
final class PassWindow {
  private final long bucketNanos;
  private final int[] counts;
  private final double[] totals;
  private boolean began;
  private long bucketBeganNanos;
  private int current;

  PassWindow(long windowNanos, int buckets) {
    this.bucketNanos = Math.max(1, windowNanos / buckets);
    this.counts = new int[buckets];
    this.totals = new double[buckets];
  }

  void add(long elapsedNanos, long nowNanos) {
    moveTo(nowNanos);
    counts[current]++;
    totals[current] += elapsedNanos;
  }

  /** Little's law at its best: greatest throughput times least time; at least one. */
  double mostInflight(long nowNanos, double leastResolutionNanos) {
    moveTo(nowNanos);
    int most = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < counts.length; i++) {
      if (i != current && counts[i] > 0) {
        most = Math.max(most, counts[i]);
        least = Math.min(least, totals[i] / counts[i]);
      }
    }
    if (most == 0) {
      return 1;
    }
    double rounded = Math.ceil(least / leastResolutionNanos) * leastResolutionNanos;
    return Math.max(1, most * rounded / bucketNanos);
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
