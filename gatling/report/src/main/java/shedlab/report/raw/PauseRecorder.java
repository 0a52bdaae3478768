package shedlab.report.raw;

import org.HdrHistogram.Histogram;

/**
 * A histogram of how late a thread woke from sleeps of a millisecond, in microseconds. A long pause
 * counts once for every sleep that it swallowed: the percentiles are those of a moment chosen at
 * random, such as the arrival of a request, and not of a wake-up. One thread.
 */
public final class PauseRecorder {
  private static final int DIGITS = 3;
  private static final long SLEEP_MICROS = 1_000;

  private final Histogram micros = new Histogram(DIGITS);

  /** A wake-up that was so late. */
  public void late(long lateMicros) {
    micros.recordValueWithExpectedInterval(lateMicros, SLEEP_MICROS);
  }

  /** All of them. */
  public Histogram histogram() {
    return micros;
  }
}
