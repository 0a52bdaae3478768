package shedlab.servers.endpoint;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import shedlab.servers.threads.Tasks;
import shedlab.servers.threads.ThreadEnds;

/**
 * One daemon thread: the heartbeat of the gate and of what is read from it, and a sample when one
 * is due.
 */
final class Housekeeper {
  private final ResettableGate gate;
  private final RetryTimes retryTimes;
  private final Tasks tasks;
  private final long tickNanos;
  private final @Nullable Sampler sampler;
  private final long sampleNanos;
  private final Thread thread = new Thread(this::run, "shedlab-housekeeper");
  private volatile boolean closing;

  /** When the next ones are due; the thread's own. */
  private long nextTick;

  private long nextSample;

  Housekeeper(
      ResettableGate gate,
      RetryTimes retryTimes,
      Tasks tasks,
      int tickMillis,
      @Nullable Sampler sampler,
      int sampleMillis) {
    this.gate = gate;
    this.retryTimes = retryTimes;
    this.tasks = tasks;
    this.tickNanos = tickMillis * 1_000_000L;
    this.sampler = sampler;
    this.sampleNanos = sampleMillis * 1_000_000L;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /**
   * Takes a last sample and ends.
   *
   * @return false if the thread goes on, stuck in the server's code with the reply to a request
   *     that has waited too long: there is no last sample, because the thread may be about to write
   *     one
   */
  boolean close() throws InterruptedException {
    closing = true;
    LockSupport.unpark(thread);
    if (!ThreadEnds.await(ThreadEnds.USUALLY, thread)) {
      return false;
    }
    if (sampler != null) {
      sampler.sample(System.nanoTime());
      sampler.close();
    }
    return true;
  }

  private void run() {
    nextTick = System.nanoTime();
    nextSample = nextTick;
    while (!closing) {
      Tasks.run(this::beat);
      long until = sampler != null && nextSample - nextTick < 0 ? nextSample : nextTick;
      LockSupport.parkNanos(this, Math.max(1, until - System.nanoTime()));
    }
  }

  private void beat() {
    long now = System.nanoTime();
    if (now - nextTick >= 0) {
      nextTick = after(nextTick, tickNanos, now);
      gate.tick();
      retryTimes.observe(gate, now);
      tasks.settle();
    }
    if (sampler != null && now - nextSample >= 0) {
      nextSample = after(nextSample, sampleNanos, now);
      sampler.sample(now);
    }
  }

  /** The next time on the grid; beats missed by a stall are skipped, not caught up. */
  private static long after(long due, long period, long now) {
    return due + period * ((now - due) / period + 1);
  }
}
