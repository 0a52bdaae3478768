package shedlab.policer.cpu;

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
 * Credit by what waits for a core: every {@code interval}, at most {@code a * cores - runnable + b
 * * (idle - runnable)} more requests are admitted, where {@code runnable} is what has no core and
 * {@code idle} how many cores have no work. A count says at once what a latency says when requests
 * have ended. Proposed for CockroachDB, whose slots follow the same count by one up or one down.
 *
 * <p>A request has no core while it waits for a thread, or while more requests are under work than
 * there are cores. Credit is not carried over, and it counts from the state at the first arrival of
 * an interval.
 *
 * <p>The proposal gives no values for {@code a} and {@code b}, here {@code waiting} and {@code
 * idle}, and lets refused requests wait; here they are shed. By default one may wait for each core,
 * and an idle core is worth one request more.
 */
public final class RunnableCreditPolicer implements Policer {
  private static final Parameter<Double> WAITING =
      Parameter.real("waiting", "how many may wait for each core", 0, 1_000).defaultsTo(1.0);
  private static final Parameter<Double> IDLE =
      Parameter.real("idle", "requests for each idle core in addition", 0, 1_000).defaultsTo(1.0);
  private static final Parameter<Duration> INTERVAL =
      Parameter.duration("interval", "for which the credit lasts").defaultsTo(Duration.ofMillis(1));

  /** {@code runnable-credit:waiting=1.0,idle=1.0,interval=1ms}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "runnable-credit",
              "admits for a moment what idle cores can take, less what waits for a core",
              "cockroachdb/cockroach#91536",
              spec ->
                  new RunnableCreditPolicer(
                      spec.get(WAITING), spec.get(IDLE), spec.get(INTERVAL).toNanos()),
              WAITING,
              IDLE,
              INTERVAL)
          .tuned(
              target -> List.of(WAITING.at((double) target.mostInFlight() / target.workers() - 1)));

  private final double waiting;
  private final double idle;
  private final long intervalNanos;
  private boolean began;
  private long intervalBeganNanos;
  private double credit;

  /** No credit before the first arrival. */
  public RunnableCreditPolicer(double waiting, double idle, long intervalNanos) {
    this.waiting = waiting;
    this.idle = idle;
    this.intervalNanos = intervalNanos;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (!began || nowNanos - intervalBeganNanos >= intervalNanos) {
      began = true;
      intervalBeganNanos = nowNanos;
      credit = credit(gate);
    }
    if (credit < 1) {
      return false;
    }
    credit--;
    return true;
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.CPU, Signal.RUNNABLE);
  }

  @Override
  public boolean learns() {
    return false;
  }

  private double credit(GateView gate) {
    int cores = gate.cpus();
    int in = gate.inflight() + gate.waiting();
    int working = Math.min(gate.runnable(), cores);
    int withoutCore = in - working;
    // What waits for a thread will take an idle core in a moment.
    int idleCores = Math.max(0, cores - working - withoutCore);
    double most = waiting * cores - withoutCore + idle * (idleCores - withoutCore);
    return in == 0 ? Math.max(1, most) : most;
  }
}
