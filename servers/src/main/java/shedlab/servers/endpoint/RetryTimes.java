package shedlab.servers.endpoint;

import java.util.concurrent.atomic.AtomicLong;
import shedlab.admission.GateStats;
import shedlab.retry.DrainTime;
import shedlab.retry.RetryAfter;

/** What each refusal says in {@code Retry-After}. A constant costs nothing. */
final class RetryTimes {
  private final RetryAfter retryAfter;

  /** The housekeeper's. */
  private final DrainTime drainTime = new DrainTime();

  private volatile double drainSeconds;
  private final AtomicLong refusals = new AtomicLong();

  RetryTimes(RetryAfter retryAfter) {
    this.retryAfter = retryAfter;
  }

  /** Whether the value depends on the gate, which must then be read in time. */
  boolean isComputed() {
    return retryAfter.isComputed();
  }

  /** Reads the gate, if the value depends on it. The housekeeper only. */
  void observe(ResettableGate gate, long nowNanos) {
    if (isComputed()) {
      GateStats now = gate.stats();
      long inside = (long) now.inflight() + now.waiting();
      drainTime.observe(inside, now.admitted() - now.inflight(), nowNanos);
      drainSeconds = drainTime.seconds();
    }
  }

  /** The seconds of the next refusal. Any thread. */
  int next() {
    return isComputed()
        ? retryAfter.seconds(drainSeconds, refusals.getAndIncrement())
        : retryAfter.constantSeconds();
  }
}
