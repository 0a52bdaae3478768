package shedlab.limit;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * The server's half of Breakwater: a pool of credits, here the limit, that follows the queue delay.
 * Every {@code interval} the longest queue delay since the last update is compared with {@code
 * target}. Above the target the limit shrinks in proportion to the excess, by half at most; below
 * it the limit grows by {@code increase}.
 *
 * <p>Queue delay is the wait in the backlog plus the wait in the host's own queue before the work
 * starts. So the host has to report when work starts ({@code Admission.start}); otherwise a wait
 * for a busy worker counts as service time. The clients' half of Breakwater, in which clients wait
 * for credits, is not here: it needs clients that cooperate. Breakwater also drops a request on
 * arrival when the delay is twice the target; here a backlog's timeout can do that.
 *
 * <p>As in the paper the pool grows while there is no delay, whether its credits are used or not:
 * with one request in flight, one completion a millisecond, it grows from 20 to 1,000 in 9,800
 * updates (9.8 s). With {@code growth=in-use}, as tuned, it grows only while half of it is in
 * flight.
 *
 * <p>Tuned, {@code max} is three tasks for each core: without the service time no more is safe. Its
 * worst regret in the league is 37 points (4 cores, tasks of 83 ms, lognormal:cv=0.5, 3x).
 *
 * <p>The paper updates every network round trip, for work of microseconds, with a target of 5 to 8
 * service times. It starts at the number of cores and never goes below. Differences here:
 *
 * <ul>
 *   <li>The delay is the longest among completed requests, not that of the oldest request still
 *       waiting. So it is known one service time later, and not at all while nothing completes.
 *   <li>Credits keep their fraction; the original rounds a cut down to a whole credit and adds at
 *       least one.
 *   <li>{@code increase} is a number of credits; the original adds a thousandth of the number of
 *       clients.
 * </ul>
 */
public final class BreakwaterLimit implements Limit {
  private static final double CUT = 0.02;
  private static final double DEEPEST_CUT = 0.5;

  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit; in the paper the number of cores", 1, Limit.MAX)
          .defaultsTo(1);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(1_000);
  private static final Parameter<Duration> TARGET =
      Parameter.duration("target", "queue delay from which on the limit shrinks")
          .defaultsTo(Duration.ofMillis(20));
  private static final Parameter<Duration> INTERVAL =
      Parameter.duration("interval", "between updates").defaultsTo(Duration.ofMillis(1));
  private static final Parameter<Double> INCREASE =
      Parameter.real("increase", "added per update below the target", 0.000001, 1_000)
          .defaultsTo(0.1);

  private static final Parameter<Growth> GROWTH =
      Parameter.choice("growth", "when it may grow", Growth.class).defaultsTo(Growth.ALWAYS);

  /** {@code breakwater:initial=20,min=1,max=1000,target=20ms,interval=1ms,increase=0.1,...}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "breakwater",
              "shrinks in proportion to the queue delay above a target, grows steadily below",
              "Cho et al., Breakwater, OSDI 2020, server side",
              spec ->
                  new BreakwaterLimit(
                      spec.get(INITIAL),
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(TARGET).toNanos(),
                      spec.get(INTERVAL).toNanos(),
                      spec.get(INCREASE),
                      spec.get(GROWTH)),
              INITIAL,
              MIN,
              MAX_LIMIT,
              TARGET,
              INTERVAL,
              INCREASE,
              GROWTH)
          .ordered(List.of(MIN, INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(target.workers()),
                      MIN.at(target.workers()),
                      MAX_LIMIT.at(target.mostInFlight()),
                      TARGET.at(target.part(0.25)),
                      GROWTH.at(Growth.IN_USE)));

  private final int initial;
  private final int min;
  private final int max;
  private final long targetNanos;
  private final long intervalNanos;
  private final double increase;
  private final Growth growth;

  private double credits;
  private boolean began;
  private long updatedNanos;
  private long longestDelayNanos;
  private int mostInflight;

  /** Expects {@code 1 <= min <= initial <= max}. */
  public BreakwaterLimit(
      int initial,
      int min,
      int max,
      long targetNanos,
      long intervalNanos,
      double increase,
      Growth growth) {
    this.initial = initial;
    this.min = min;
    this.max = max;
    this.targetNanos = targetNanos;
    this.intervalNanos = intervalNanos;
    this.increase = increase;
    this.growth = growth;
    this.credits = initial;
  }

  @Override
  public int initial() {
    return initial;
  }

  @Override
  public int next(int limit, Sample sample) {
    long hostNanos = Math.max(0, sample.elapsedNanos() - sample.serviceNanos());
    longestDelayNanos = Math.max(longestDelayNanos, sample.waitedNanos() + hostNanos);
    mostInflight = Math.max(mostInflight, sample.inflight());
    long now = sample.completedNanos();
    if (!began) {
      began = true;
      updatedNanos = now;
    } else if (now - updatedNanos >= intervalNanos) {
      update();
      updatedNanos = now;
      longestDelayNanos = 0;
      mostInflight = 0;
    }
    return (int) credits;
  }

  private void update() {
    if (longestDelayNanos >= targetNanos) {
      double excess = (double) (longestDelayNanos - targetNanos) / targetNanos;
      credits *= Math.max(1 - CUT * excess, DEEPEST_CUT);
    } else if (growth.allows(mostInflight, credits)) {
      credits += increase;
    }
    credits = Math.max(min, Math.min(max, credits));
  }
}
