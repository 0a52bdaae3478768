package shedlab.host;

import java.util.function.Consumer;
import java.util.function.LongConsumer;
import shedlab.admission.NanoClock;

/**
 * A thread that measures how late it wakes, for policies that ask. It runs while somebody reads: it
 * begins with the first reading and ends after a second without one. So a gate whose policies do
 * not ask pays nothing for it. Thread-safe.
 */
public final class WakeUpProbe {
  private static final long ROUND_NANOS = 1_000_000_000;

  private final NanoClock clock;
  private final LongConsumer sleep;
  private final Consumer<Runnable> threads;
  private final WakeUpLog log = new WakeUpLog();
  private boolean running;
  private boolean read;

  /**
   * A probe whose thread does not run yet.
   *
   * @param sleep puts the calling thread to sleep for so many nanoseconds, as {@code
   *     LockSupport.parkNanos} does
   * @param threads starts a daemon thread that runs this, at the priority of those that do the work
   */
  public WakeUpProbe(NanoClock clock, LongConsumer sleep, Consumer<Runnable> threads) {
    this.clock = clock;
    this.sleep = sleep;
    this.threads = threads;
  }

  /** What it has measured. */
  synchronized WakeUpLog log() {
    read = true;
    if (!running) {
      threads.accept(this::run);
      running = true;
    }
    return log;
  }

  private void run() {
    try {
      WakeUps wakeUps = new WakeUps(clock, sleep);
      do {
        wakeUps.until(clock.nanos() + ROUND_NANOS, log::add);
      } while (goesOn());
    } finally {
      ended(); // however it ends, the next reading starts another
    }
  }

  private synchronized boolean goesOn() {
    boolean wanted = read && !Thread.currentThread().isInterrupted();
    read = false;
    return wanted;
  }

  private synchronized void ended() {
    running = false;
  }
}
