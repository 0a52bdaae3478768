package shedlab.report.result;

import org.HdrHistogram.Histogram;

/**
 * Response times from the intended start, in microseconds, of one kind of answer. Zeros when {@code
 * count} is zero.
 *
 * @param mean also zero in runs of earlier formats, which did not have it
 */
public record Latency(long count, long p50, long p90, long p99, long p999, long max, double mean) {
  /** Of no answer at all. */
  public static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0, 0);

  /** With this many samples at least ten are above the 99th percentile. */
  public static final long SUPPORTS_P99 = 1_000;

  /** The percentiles of a histogram of microseconds. */
  public static Latency of(Histogram micros) {
    return micros.getTotalCount() == 0
        ? NONE
        : new Latency(
            micros.getTotalCount(),
            micros.getValueAtPercentile(50),
            micros.getValueAtPercentile(90),
            micros.getValueAtPercentile(99),
            micros.getValueAtPercentile(99.9),
            micros.getMaxValue(),
            micros.getMean());
  }

  /** True if at least ten samples are above the 99th percentile, so that it may be quoted. */
  public boolean supportsP99() {
    return count >= SUPPORTS_P99;
  }
}
