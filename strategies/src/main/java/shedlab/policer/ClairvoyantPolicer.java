package shedlab.policer;

import java.time.Duration;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Trait;

/**
 * Knows the capacity, which no strategy can, and admits exactly those who can still be on time:
 * whoever finds {@code n} in the server is let in if {@code n + 1} are done within {@code budget}
 * at {@code rate}. The best that any strategy can do if requests cost alike and are served in
 * order, but for the part of a service time by which the first of the {@code n} is further on; what
 * others miss of its goodput is their regret.
 *
 * <p>Not a virtual queue (Gibbens and Kelly 1999), which believes what is done instead of counting
 * it: under lasting overload, a capacity that is wrong by two per cent, or the cost of refusals, is
 * then a backlog that grows without end.
 *
 * <p>Put a {@code fixed} limit of the cores and a {@code fifo} behind it, or let the host's workers
 * be the queue.
 */
public final class ClairvoyantPolicer implements Policer {
  private static final Parameter<Double> RATE = Parameter.rate("rate", "the capacity");
  private static final Parameter<Duration> BUDGET =
      Parameter.duration("budget", "from arrival to completion, at most");

  /** {@code clairvoyant:rate=N/s,budget=T}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "clairvoyant",
              "knows the capacity, and admits whoever can still be on time",
              "reference",
              spec -> new ClairvoyantPolicer(spec.get(RATE), spec.get(BUDGET).toNanos()),
              RATE,
              BUDGET)
          .with(Trait.KNOWS_CAPACITY);

  private final double nanosPerRequest;
  private final double budgetNanos;

  /** Nobody in. */
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
