package shedlab.policer;

import java.time.Duration;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Knows the capacity, which no strategy can, and admits exactly those who can still be on time: the
 * work it has let in drains at {@code rate}, and a request comes in if its own would be done within
 * {@code budget}. The best that any strategy can do if requests cost alike, are served in order and
 * a refusal costs nothing; what others miss of its goodput is their regret.
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
      new Definition<>(
          "clairvoyant",
          "knows the capacity, and admits whoever can still be on time",
          "reference; a virtual queue, Gibbens and Kelly 1999",
          spec -> new ClairvoyantPolicer(spec.get(RATE), spec.get(BUDGET).toNanos()),
          RATE,
          BUDGET);

  private final double nanosPerRequest;
  private final double budgetNanos;
  private boolean began;
  private long seenNanos;

  /** Work let in and not yet done, in nanoseconds of the whole server. */
  private double workNanos;

  /** Nobody in. */
  public ClairvoyantPolicer(double perSecond, long budgetNanos) {
    this.nanosPerRequest = 1e9 / perSecond;
    this.budgetNanos = (double) budgetNanos;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (began) {
      workNanos = Math.max(0, workNanos - (nowNanos - seenNanos));
    }
    began = true;
    seenNanos = nowNanos;
    if (workNanos + nanosPerRequest > budgetNanos) {
      return false;
    }
    workNanos += nanosPerRequest;
    return true;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
