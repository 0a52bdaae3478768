package shedlab.servers;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition with a deadline. */
final class Eventually {
  private static final long MOST_NANOS = 15_000_000_000L;

  private Eventually() {}

  static void eventually(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + MOST_NANOS;
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        fail("not within 15 s: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
