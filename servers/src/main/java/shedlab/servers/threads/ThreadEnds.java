package shedlab.servers.threads;

import java.time.Duration;

/** Waits for the end of threads that were told to end. */
public final class ThreadEnds {
  /** One may be in a very long task, or stuck in a server's own code. */
  public static final Duration USUALLY = Duration.ofSeconds(1);

  private ThreadEnds() {}

  /**
   * Waits for all of them together.
   *
   * @return whether all have ended
   */
  public static boolean await(Duration most, Thread... threads) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    boolean ended = true;
    for (Thread thread : threads) {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      ended &= !thread.isAlive();
    }
    return ended;
  }
}
