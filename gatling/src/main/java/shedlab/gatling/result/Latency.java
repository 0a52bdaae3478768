package shedlab.gatling.result;

import org.HdrHistogram.Histogram;

/**
 * Response times from the intended start, in microseconds, of one kind of answer. Zeros when {@code
 * count} is zero.
 */
public record Latency(long count, long p50, long p90, long p99, long p999, long max) {
  /** The percentiles of a histogram of microseconds. */
  public static Latency of(Histogram micros) {
    return new Latency(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(90),
        micros.getValueAtPercentile(99),
        micros.getValueAtPercentile(99.9),
        micros.getTotalCount() == 0 ? 0 : micros.getMaxValue());
  }

  /** True if at least ten samples lie beyond the 99th percentile, so that it may be quoted. */
  public boolean supportsP99() {
    return count >= 1_000;
  }
}
