package shedlab.servers.endpoint;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import shedlab.servers.http.RetryTimes;
import shedlab.servers.threads.Tasks;
import shedlab.servers.threads.ThreadEnds;

/**
 * One daemon thread: the heartbeat of the gate and of what is read from it, and a sample when one
 * is due. The heartbeat is there for requests that wait; while none does it rests, but for a beat a
 * second.
 */
final class Housekeeper {
  private static final long REST_NANOS = 1_000_000_000;

  private final ResettableGate gate;
  private final RetryTimes retryTimes;
  private final Tasks tasks;
  private final long tickNanos;
  private final @Nullable Sampler sampler;
  private final long sampleNanos;
  private final Thread thread = new Thread(this::run, "shedlab-housekeeper");
  private volatile boolean closing;
  private volatile boolean resting;

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

  /** A request waits: beats until none does. Any thread; one read unless the heart rests. */
  void watch() {
    if (resting) {
      resting = false;
      LockSupport.unpark(thread);
    }
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
      long until = resting ? nextTick + REST_NANOS : nextTick;
      if (sampler != null && nextSample - until < 0) {
        until = nextSample;
      }
      LockSupport.parkNanos(this, Math.max(1, until - System.nanoTime()));
    }
  }

  private void beat() {
    long now = System.nanoTime();
    if (now - nextTick >= 0) {
      nextTick = after(nextTick, tickNanos, now);
      gate.tick();
      if (retryTimes.isComputed()) {
        retryTimes.observe(gate.stats(), now);
      }
      tasks.settle();
      restIfNobodyWaits();
    }
    if (sampler != null && now - nextSample >= 0) {
      nextSample = after(nextSample, sampleNanos, now);
      sampler.sample(now);
    }
  }

  /**
   * Says that it rests before it looks, and a call waits before it asks whether the heart rests:
   * one of the two sees the other.
   */
  private void restIfNobodyWaits() {
    resting = true;
    if (retryTimes.isComputed() || gate.stats().waiting() > 0) {
      resting = false;
    }
  }

  /** The next time on the grid; beats missed by a stall are skipped, not caught up. */
  private static long after(long due, long period, long now) {
    return due + period * ((now - due) / period + 1);
  }
}
