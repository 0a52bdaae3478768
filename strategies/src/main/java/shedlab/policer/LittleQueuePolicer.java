package shedlab.policer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * The queue of little-loadshedder, which sizes itself. By Little's law {@code limit + queue}
 * requests take {@code target} on average if {@code queue = limit * (target / time - 1)}, where
 * {@code time} is the average time that requests take at capacity. A request that finds so many
 * waiting is shed; one may always wait.
 *
 * <p>A time counts if, when the request was admitted, no more than a tenth of the permits, or one,
 * was free. If the limit changes, the average is multiplied by the change, as if the throughput had
 * stayed the same. At first the average is the target, and one may wait.
 *
 * <p>The library is this queue and the limit {@code little}; here the queue works in front of any
 * limit, also of a constant one. The backlog keeps the waiting requests and must be large enough.
 * In the library a waiting request never expires. Differences: who is in flight is counted at
 * admission, not at completion, and a change of the limit counts from the next arrival.
 *
 * <p>The library has no defaults for the target and the smoothing; that of the smoothing is its
 * example's. With it the average remembers some hundred requests: from the start that many pass
 * before the queue is as long as it may be.
 */
public final class LittleQueuePolicer implements Policer {
  private static final int LEEWAY = 10;

  private static final Parameter<Duration> TARGET =
      Parameter.duration("target", "average time from arrival to completion, when it is full");
  private static final Parameter<Double> SMOOTHING =
      Parameter.real("smoothing", "weight of the newest time in the average", 0.0001, 1)
          .defaultsTo(0.01);

  /** {@code little-queue:target=T,smoothing=0.01}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "little-queue",
              "as many may wait as the limit serves within a target time, by Little's law",
              "little-loadshedder (Rust) 0.2.0, queue",
              spec -> new LittleQueuePolicer(spec.get(TARGET).toNanos(), spec.get(SMOOTHING)),
              TARGET,
              SMOOTHING)
          .tuned(target -> List.of(TARGET.at(target.part(0.5)), SMOOTHING.at(0.05)));

  private final long targetNanos;
  private final double smoothing;

  /** At capacity. */
  private double averageNanos;

  /** Zero before the first arrival. */
  private int limit;

  /** Lets one wait at first. */
  public LittleQueuePolicer(long targetNanos, double smoothing) {
    this.targetNanos = targetNanos;
    this.smoothing = smoothing;
    this.averageNanos = targetNanos;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    int inForce = gate.limit();
    if (limit > 0) {
      averageNanos *= (double) inForce / limit;
    }
    limit = inForce;
    double length = Math.floor(inForce * (targetNanos / averageNanos - 1));
    return gate.waiting() < Math.max(1, length);
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.LIMIT);
  }

  @Override
  public void completed(Ticket ticket) {
    if (limit - ticket.inflight() <= Math.max(1, limit / LEEWAY)) {
      averageNanos += smoothing * (ticket.elapsedNanos() - averageNanos);
    }
  }
}
