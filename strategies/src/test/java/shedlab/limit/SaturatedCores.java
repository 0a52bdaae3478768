package shedlab.limit;

import com.netflix.concurrency.limits.limit.AbstractLimit;
import shedlab.admission.Limit;
import shedlab.admission.TestSample;

/**
 * More work than the cores can do, shared equally by the admitted requests: a request takes {@code
 * service * L / cores}. The first is alone and finds the cores idle.
 */
final class SaturatedCores {
  static final long SERVICE = 10_000_000;

  private final int cores;
  private long now;

  SaturatedCores(int cores) {
    this.cores = cores;
  }

  /** The limit after {@code requests} requests. */
  int after(int requests, Limit limit) {
    int inForce = limit.next(limit.initial(), TestSample.success(now, SERVICE, 1));
    for (int i = 0; i < requests; i++) {
      inForce = limit.next(inForce, sample(inForce));
    }
    return inForce;
  }

  /** The same for a limit of Netflix'. */
  int after(int requests, AbstractLimit theirs) {
    theirs.onSample(0, SERVICE, 1, false);
    for (int i = 0; i < requests; i++) {
      TestSample sample = sample(theirs.getLimit());
      theirs.onSample(0, sample.elapsedNanos(), sample.inflight(), false);
    }
    return theirs.getLimit();
  }

  private TestSample sample(int inflight) {
    long elapsed = Math.max(SERVICE, SERVICE * inflight / cores);
    now += SERVICE / cores;
    return TestSample.success(now, elapsed, inflight);
  }
}
