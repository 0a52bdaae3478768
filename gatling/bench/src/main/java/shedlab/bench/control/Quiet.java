package shedlab.bench.control;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import shedlab.bench.host.HostException;

/** Waits until a process uses hardly any CPU time. */
final class Quiet {
  /** Of a core, for an idle server: its housekeeper takes up to a tenth while it is cold. */
  private static final double QUIET = 0.2;

  private static final Duration MOST_UNREST = Duration.ofSeconds(10);
  private static final Duration BETWEEN_READINGS = Duration.ofMillis(200);

  private Quiet() {}

  static void await(Supplier<OptionalDouble> cpuSeconds) {
    long end = System.nanoTime() + MOST_UNREST.toNanos();
    double share = 1;
    while (share > QUIET && System.nanoTime() - end < 0) {
      long began = System.nanoTime();
      OptionalDouble before = cpuSeconds.get();
      pause();
      OptionalDouble after = cpuSeconds.get();
      if (before.isEmpty() || after.isEmpty()) {
        return; // nobody knows
      }
      share = (after.getAsDouble() - before.getAsDouble()) / ((System.nanoTime() - began) / 1e9);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_READINGS.toMillis());
    } catch (InterruptedException e) {
      throw HostException.interrupted("a pause", e);
    }
  }
}
