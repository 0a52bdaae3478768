package shedlab.servers.endpoint;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.Limit;
import shedlab.admission.LimiterGate;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Trait;
import shedlab.strategy.Whole;

/**
 * The strategy {@code native}: the limiter that comes with the server, Undertow's {@code
 * RequestLimit} or Jetty's {@code QoSHandler}; Netty has none. It decides before the request
 * arrives here; this class admits every request that it let through, and counts.
 *
 * <p>Both hold a permit until the response is written, not just until the work has ended; neither
 * notices that a client leaves its queue, and neither has a longest wait. Undertow's queue cannot
 * be empty (0 means unbounded), so {@code queue} begins at 1.
 */
public final class NativeLimit implements Admission {
  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "most in flight", 1, Limit.MAX);
  private static final Parameter<Integer> QUEUE =
      Parameter.integer("queue", "places to wait", 1, 1_000_000);

  /** {@code native:limit=N,queue=N}. */
  public static final Definition<Whole> DEFINITION =
      new Definition<Whole>(
              "native",
              "the server's own limiter and its queue, oldest first; not on Netty, which has none",
              "Undertow RequestLimit; Jetty QoSHandler",
              spec -> (clock, cpu) -> new NativeLimit(spec.get(LIMIT), spec.get(QUEUE), clock),
              LIMIT,
              QUEUE)
          .with(Trait.NATIVE_LIMITER);

  private final int limit;
  private final int queue;
  private final LimiterGate passed;
  private final LongAdder arrived = new LongAdder();
  private final LongAdder refused = new LongAdder();

  private NativeLimit(int limit, int queue, NanoClock clock) {
    this.limit = limit;
    this.queue = queue;
    this.passed = new LimiterGate(ticket -> outcome -> {}, clock);
  }

  /** How many may be in flight. */
  @Override
  public int limit() {
    return limit;
  }

  /** How many may wait. */
  public int queue() {
    return queue;
  }

  void arrive() {
    arrived.increment();
  }

  void refuse() {
    refused.increment();
  }

  @Override
  public void enter(Ticket ticket) {
    passed.enter(ticket);
  }

  @Override
  public void start(Ticket ticket) {
    passed.start(ticket);
  }

  @Override
  public void leave(Ticket ticket, Outcome outcome) {
    passed.leave(ticket, outcome);
  }

  @Override
  public void tick() {}

  @Override
  public GateStats stats() {
    GateStats inside = passed.stats();
    long full = refused.sum();
    long waiting = arrived.sum() - full - inside.admitted(); // read last: never below 0
    Map<Shed, Long> shed = new EnumMap<>(inside.shed());
    shed.put(Shed.FULL, full);
    return new GateStats(limit, inside.inflight(), (int) waiting, inside.admitted(), shed);
  }
}
