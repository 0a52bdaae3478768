package shedlab.policer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Sheds by priority, and the more priorities the busier the CPU, as Netflix does and Quarkus'
 * load-shedding extension ({@code PriorityLoadShedding}): of 5 priorities with 128 cohorts of
 * clients each, ranked from 1 to 640, those above {@code 640 * (1 - load^3)}. With a load of 0.5
 * that is 80 cohorts of the lowest priority; of the middle one, the default, the first is shed
 * above 0.74 and the last above 0.84. So requests of the default priority alone leave at least a
 * sixth of the CPU unused.
 *
 * <p>The load is that of the last {@code period}, so the reaction is late: overload admitted in one
 * period is shed in the next. Quarkus looks at the machine's CPU use; here it is the process's use
 * of what others and a quota leave to it (see {@link shedlab.admission.HostView}).
 *
 * <p>In Quarkus this is the second stage: it is asked about a request that the limit ({@code
 * vegas-quarkus}) has refused, and one that it spares is admitted above the limit. No piece of a
 * gate can do that. Here it is the first stage and asked about every request; what it lets through
 * needs a permit of the limit behind it, if there is one.
 *
 * <p>The five priorities are the urgencies 0, 1 to 2, 3 to 4 (with the default, 3), 5 to 6 and 7. A
 * client never changes its cohort, which in Quarkus it does roughly every hour. All requests of one
 * client and priority are admitted or shed together; with {@code cohort=random}, as tuned, each
 * request has its own cohort, and a share of them is shed.
 *
 * <p>A request that finds the gate empty is admitted if others had a part of the CPU: otherwise a
 * neighbour that takes every idle moment would keep it closed for ever.
 */
public final class CubicPolicer implements Policer {
  /** What cohort a request is in. */
  public enum Cohort {
    /** That of its client, always the same. */
    CLIENT,
    /** Any. */
    RANDOM
  }

  private static final int COHORT_BITS = 7;

  /** How many cohorts a priority has; the first is 1. */
  static final int COHORTS = 1 << COHORT_BITS;

  private static final int PRIORITIES = 5;
  private static final int RANKS = PRIORITIES * COHORTS;

  /** The priority of each urgency; 0 is shed last. */
  private static final int[] PRIORITY_OF_URGENCY = {0, 1, 1, 2, 2, 3, 3, 4};

  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "between readings of the CPU").defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Cohort> COHORT =
      Parameter.choice("cohort", "what cohort a request is in", Cohort.class)
          .defaultsTo(Cohort.CLIENT);

  /** {@code cubic:period=1s,cohort=client}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "cubic",
              "sheds the lowest priorities, the more of them the busier the CPU",
              "Netflix, prioritized load shedding, 2020; Quarkus PriorityLoadShedding",
              spec -> new CubicPolicer(spec.get(PERIOD).toNanos(), spec.get(COHORT)),
              PERIOD,
              COHORT)
          .tuned(target -> List.of(PERIOD.at(target.part(0.25)), COHORT.at(Cohort.RANDOM)));

  private final CpuLoad load;
  private final Cohort cohort;
  private final Xorshift random = new Xorshift();

  /** Sheds nobody at first. */
  public CubicPolicer(long periodNanos, Cohort cohort) {
    this.load = new CpuLoad(periodNanos, 0);
    this.cohort = cohort;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    double busy = load.at(nowNanos, gate);
    boolean empty = gate.inflight() + gate.waiting() == 0;
    int rank = priority(ticket) * COHORTS + cohort(ticket);
    return rank <= RANKS * (1 - busy * busy * busy) || (empty && load.wasDenied());
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.CPU);
  }

  @Override
  public boolean learns() {
    return false;
  }

  private int cohort(Ticket ticket) {
    return cohort == Cohort.CLIENT
        ? 1 + Priority.cohort(ticket, COHORT_BITS)
        : 1 + (int) (COHORTS * random.next());
  }

  /** From 0, the most urgent, to 4. */
  static int priority(Ticket ticket) {
    int lowest = PRIORITY_OF_URGENCY.length - 1;
    return PRIORITY_OF_URGENCY[Math.max(0, Math.min(lowest, ticket.urgency()))];
  }
}
