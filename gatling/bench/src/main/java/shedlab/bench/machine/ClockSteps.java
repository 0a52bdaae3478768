package shedlab.bench.machine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/**
 * Notices that somebody set the machine's clock. Server and load generator read it once each and go
 * on by the monotonic clock: if it was set between the two, their samples belong to different
 * seconds. Told how a load goes on, it looks each time, and so sees a step that is taken back.
 */
public final class ClockSteps implements DoubleConsumer {
  /** Two readings of the monotonic clock that enclose one of the other are rarely further apart. */
  private static final long CLOSE_NANOS = 100_000;

  private static final int MOST_TRIES = 20;

  private final LongSupplier wallMicros;
  private final LongSupplier nanos;
  private final double first;
  private double greatest;

  /** From now on. */
  public ClockSteps() {
    this(() -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), System::nanoTime);
  }

  /** The same by two clocks: one that may be set, in microseconds, and one that never is. */
  public ClockSteps(LongSupplier wallMicros, LongSupplier nanos) {
    this.wallMicros = wallMicros;
    this.nanos = nanos;
    first = apart();
  }

  @Override
  public void accept(double elapsedSeconds) {
    seconds();
  }

  /** How far the clock has been, at most, from where it would be had nobody set it. */
  public double seconds() {
    greatest = Math.max(greatest, Math.abs(apart() - first));
    return greatest;
  }

  /**
   * How far the two clocks are apart, in seconds. Of some readings the one that took the least
   * time: this thread may lose its CPU between two of them.
   */
  private double apart() {
    long least = Long.MAX_VALUE;
    double apart = 0;
    for (int i = 0; i < MOST_TRIES && least > CLOSE_NANOS; i++) {
      long before = nanos.getAsLong();
      long wall = wallMicros.getAsLong();
      long took = nanos.getAsLong() - before;
      if (took < least) {
        least = took;
        apart = wall / 1e6 - (before + took / 2) / 1e9;
      }
    }
    return apart;
  }
}
