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
 * The queue of failsafe-go's adaptive limiter: while no permit is free it sheds the share {@code
 * (waiting - from * limit) / (to * limit - from * limit)}, that is none up to {@code from * limit}
 * waiting requests and all from {@code to * limit} on. Like RED, but the queue grows and shrinks
 * with the limit.
 *
 * <p>With {@code by=chance} each request is shed with this probability. With {@code by=priority},
 * failsafe-go's prioritizer, the share becomes a threshold once per {@code period}: the level below
 * which this share of the last {@code window} recorded requests lies. Requests below it are shed.
 * Recorded is who was admitted while no permit was free. So while the least urgent are shed they
 * are missing from the record, and at an unchanged queue the threshold keeps rising, until the
 * queue is short and nobody is shed.
 *
 * <p>The limit ({@code failsafe} in the original) and the backlog are pieces of their own. The
 * original's requests wait without a time limit, and the factors have defaults in its prioritizer
 * only. Differences: the level of a request is its urgency, one of 8, and a random one of 100 parts
 * of it; failsafe-go has 5 priorities. Updates come with arrivals instead of a timer. One
 * prioritizer for several limiters and the levels by a user's past use are left out.
 *
 * <p>Tuned, only the period changes: the queue takes its length from the limit behind it.
 */
public final class QueueLinearPolicer implements Policer {
  /** Who is shed. */
  public enum By {
    /** Anybody. */
    CHANCE,
    /** The least urgent. */
    PRIORITY
  }

  private static final int URGENCIES = 8;
  private static final int PARTS = 100;

  private static final Parameter<Double> FROM =
      Parameter.real("from", "waiting requests per permit up to which none is shed", 0, 1_000)
          .defaultsTo(2.0);
  private static final Parameter<Double> TO =
      Parameter.real("to", "waiting requests per permit from which on all are shed", 0, 1_000)
          .defaultsTo(3.0);
  private static final Parameter<By> BY =
      Parameter.choice("by", "who is shed", By.class).defaultsTo(By.CHANCE);
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "between updates of the threshold")
          .defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> WINDOW =
      Parameter.integer("window", "recorded requests", 1, 1_000_000).defaultsTo(1_000);

  /** {@code queue-linear:from=2.0,to=3.0,by=chance,period=1s,window=1000}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "queue-linear",
              "sheds a share that grows with the queue per permit, at random or the least urgent",
              "failsafe-go adaptivelimiter, WithQueueing and Prioritizer",
              spec ->
                  new QueueLinearPolicer(
                      spec.get(FROM),
                      spec.get(TO),
                      spec.get(BY),
                      spec.get(PERIOD).toNanos(),
                      spec.get(WINDOW)),
              FROM,
              TO,
              BY,
              PERIOD,
              WINDOW)
          .ordered(List.of(FROM, TO))
          .tuned(target -> List.of(PERIOD.at(target.part(1))));

  private final double from;
  private final double to;
  private final By by;
  private final long periodNanos;

  private final Xorshift random = new Xorshift();
  private final int[] recorded;
  private final int[] counts = new int[URGENCIES * PARTS];
  private int records;
  private int next;
  private boolean began;
  private long updatedNanos;
  private int threshold;

  /** Sheds nobody while the queue is short. Expects {@code from <= to}. */
  public QueueLinearPolicer(double from, double to, By by, long periodNanos, int window) {
    this.from = from;
    this.to = to;
    this.by = by;
    this.periodNanos = periodNanos;
    this.recorded = new int[window];
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    double share = share(gate);
    if (by == By.CHANCE) {
      return gate.inflight() < gate.limit() || !random.chance(share);
    }
    update(share, nowNanos);
    int level = level(ticket);
    if (gate.inflight() < gate.limit()) {
      return true;
    }
    if (share >= 1 || level < threshold) {
      return false;
    }
    record(level);
    return true;
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.LIMIT);
  }

  @Override
  public boolean learns() {
    return false;
  }

  private double share(GateView gate) {
    int none = (int) (gate.limit() * from);
    int all = (int) (gate.limit() * to);
    int waiting = gate.waiting();
    if (waiting >= all) {
      return 1;
    }
    return Math.max(0, (double) (waiting - none) / (all - none));
  }

  private void update(double share, long nowNanos) {
    if (!began) {
      began = true;
      updatedNanos = nowNanos;
    } else if (nowNanos - updatedNanos >= periodNanos) {
      threshold = share > 0 ? quantile(share) : 0;
      updatedNanos = nowNanos;
    }
  }

  /** The lowest level that this share of the recorded ones does not exceed; 0 of none. */
  private int quantile(double share) {
    if (records == 0) {
      return 0;
    }
    int wanted = Math.max(1, (int) Math.ceil(share * records));
    int level = -1;
    for (int seen = 0; seen < wanted; seen += counts[level]) {
      level++;
    }
    return level;
  }

  private void record(int level) {
    if (records == recorded.length) {
      counts[recorded[next]]--;
    } else {
      records++;
    }
    recorded[next] = level;
    counts[level]++;
    next = (next + 1) % recorded.length;
  }

  /** The most urgent have the highest levels. */
  private int level(Ticket ticket) {
    int urgency = Math.max(0, Math.min(URGENCIES - 1, ticket.urgency()));
    return (URGENCIES - 1 - urgency) * PARTS + (int) (PARTS * random.next());
  }
}
