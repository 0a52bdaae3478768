package shedlab.simulation.result;

import shedlab.numbers.Histogram;

/** Response times from the intended start, in nanoseconds, to within 1 %; all zero if count is. */
public record Latency(long count, long p50, long p90, long p99, long p999, long max) {
  /** Buckets of at most 1/128 of a value. */
  public static final int HISTOGRAM_BITS = 7;

  /** Of a histogram of this fineness. */
  public static Latency of(Histogram nanos) {
    return new Latency(
        nanos.total(),
        nanos.percentile(50),
        nanos.percentile(90),
        nanos.percentile(99),
        nanos.percentile(99.9),
        nanos.max());
  }
}
