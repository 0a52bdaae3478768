package shedlab.bench.log;

import shedlab.numbers.Histogram;

/** Mean, spread and quantiles of any number of durations. Not thread-safe. */
public final class Durations {
  private static final int HISTOGRAM_BITS = 7;

  private final Histogram micros = new Histogram(HISTOGRAM_BITS);
  private double mean;
  private double squares;

  Durations() {}

  void add(double value) {
    micros.record(Math.round(value));
    double before = value - mean;
    mean += before / micros.total();
    squares += before * (value - mean);
  }

  /** How many. */
  public long count() {
    return micros.total();
  }

  /** In microseconds; 0 of none. */
  public double meanMicros() {
    return mean;
  }

  /** Standard deviation over mean; 0 of none. */
  public double variation() {
    return count() < 2 || mean == 0 ? 0 : Math.sqrt(squares / (count() - 1)) / mean;
  }

  /** In microseconds, to 1 %. */
  public double percentile(double percent) {
    return micros.percentile(percent);
  }
}
