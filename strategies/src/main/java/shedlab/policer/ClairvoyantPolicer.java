package shedlab.policer;

import java.time.Duration;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Trait;

/**
 * Knows the capacity, which no real strategy can, and admits exactly the requests that can still be
 * on time: a request that finds {@code n} others in the gate is admitted if {@code n + 1} requests
 * are done within {@code budget} at {@code rate}. If all requests cost the same and are served in
 * order, no strategy can do better, except by the part of the first request's work that is already
 * done. The goodput that another strategy misses of it is that strategy's regret.
 *
 * <p>It counts the requests in the gate. A virtual queue (Gibbens and Kelly 1999) would compute
 * that number from the rate instead: under lasting overload, a capacity that is wrong by two per
 * cent, or the cost of refusals, would then become a backlog that grows without end.
 *
 * <p>Combine it with a {@code fixed} limit of one permit per core and a {@code fifo} backlog, or
 * let the requests queue for the host's workers.
 */
public final class ClairvoyantPolicer implements Policer {
  private static final Parameter<Double> RATE = Parameter.rate("rate", "the capacity");
  private static final Parameter<Duration> BUDGET =
      Parameter.duration("budget", "longest time from arrival to completion");

  /** {@code clairvoyant:rate=N/s,budget=T}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "clairvoyant",
              "knows the capacity, and admits a request if it can still be on time",
              "reference",
              spec -> new ClairvoyantPolicer(spec.get(RATE), spec.get(BUDGET).toNanos()),
              RATE,
              BUDGET)
          .with(Trait.KNOWS_CAPACITY);

  private final double nanosPerRequest;
  private final double budgetNanos;

  /** A policer for a server that completes {@code perSecond} requests per second. */
  public ClairvoyantPolicer(double perSecond, long budgetNanos) {
    this.nanosPerRequest = 1e9 / perSecond;
    this.budgetNanos = (double) budgetNanos;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    long ahead = (long) gate.inflight() + gate.waiting();
    return (ahead + 1) * nanosPerRequest <= budgetNanos;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
