package shedlab.servers.http;

import java.util.concurrent.atomic.AtomicLong;
import shedlab.admission.GateStats;
import shedlab.retry.DrainTime;
import shedlab.retry.RetryAfter;

/**
 * What each refusal of a host says in {@code Retry-After}. One thread observes the gate, every few
 * milliseconds; any thread asks. A constant costs nothing; a computed value is one read, one count
 * and a hash.
 */
public final class RetryTimes {
  private final RetryAfter retryAfter;

  /** The observing thread's. */
  private final DrainTime drainTime = new DrainTime();

  private volatile double drainSeconds;
  private final AtomicLong refusals = new AtomicLong();

  /** Values of this kind. */
  public RetryTimes(RetryAfter retryAfter) {
    this.retryAfter = retryAfter;
  }

  /** Whether the value depends on the gate, which must then be read in time. */
  public boolean isComputed() {
    return retryAfter.isComputed();
  }

  /** Tells what the gate has, which is needed only if the value is computed. One thread. */
  public void observe(GateStats gate, long nowNanos) {
    long inside = (long) gate.inflight() + gate.waiting();
    drainTime.observe(inside, gate.admitted() - gate.inflight(), nowNanos);
    drainSeconds = drainTime.seconds();
  }

  /** The seconds of the next refusal. Any thread. */
  public int next() {
    return isComputed()
        ? retryAfter.seconds(drainSeconds, refusals.getAndIncrement())
        : retryAfter.constantSeconds();
  }
}
