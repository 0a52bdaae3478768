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

  /** Reads the gate, if the value depends on it. The housekeeper only. */
  void observe(ResettableGate gate, long nowNanos) {
    if (retryAfter.isComputed()) {
      GateStats now = gate.stats();
      long inside = (long) now.inflight() + now.waiting();
      drainTime.observe(inside, now.admitted() - now.inflight(), nowNanos);
      drainSeconds = drainTime.seconds();
    }
  }

  /** The seconds of the next refusal. Any thread. */
  int next() {
    return retryAfter.isComputed()
        ? retryAfter.seconds(drainSeconds, refusals.getAndIncrement())
        : retryAfter.constantSeconds();
  }
}
