package shedlab.servers.threads;

/** Waits for the end of threads that were told to end. */
public final class ThreadEnds {
  private static final long MOST_NANOS = 1_000_000_000;

  private ThreadEnds() {}

  /**
   * Waits for all of them, a second at most: one may be in a very long task, or stuck in a server's
   * own code, and a stop must not hang with it.
   *
   * @return whether all have ended
   */
  public static boolean await(Thread... threads) throws InterruptedException {
    long deadline = System.nanoTime() + MOST_NANOS;
    boolean ended = true;
    for (Thread thread : threads) {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      ended &= !thread.isAlive();
    }
    return ended;
  }
}
