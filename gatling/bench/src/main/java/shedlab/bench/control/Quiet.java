package shedlab.bench.control;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import shedlab.bench.host.HostException;

/** Waits until a process uses hardly any CPU time, for ten seconds at most. */
public final class Quiet {
  /** Of a core, for an idle server: its housekeeper takes up to a tenth while it is cold. */
  private static final double QUIET = 0.2;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_READINGS = Duration.ofMillis(200);

  private Quiet() {}

  /** False if it was still busy then; true if nobody knows. */
  public static boolean await(Supplier<OptionalDouble> cpuSeconds) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    double share = 1;
    while (share > QUIET && System.nanoTime() - end < 0) {
      long began = System.nanoTime();
      OptionalDouble before = cpuSeconds.get();
      pause();
      OptionalDouble after = cpuSeconds.get();
      if (before.isEmpty() || after.isEmpty()) {
        return true;
      }
      share = (after.getAsDouble() - before.getAsDouble()) / ((System.nanoTime() - began) / 1e9);
    }
    return share <= QUIET;
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_READINGS.toMillis());
    } catch (InterruptedException e) {
      throw HostException.interrupted("a pause", e);
    }
  }
}
