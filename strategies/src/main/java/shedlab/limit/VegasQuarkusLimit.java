package shedlab.limit;

import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Sample;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Vegas as in Quarkus' load-shedding extension ({@code OverloadDetector}): {@link VegasLimit} in
 * whole permits and whole microseconds, with {@code f} the number of digits of the limit. From ten
 * permits on, that makes every step and every bound larger by {@code 1} or {@code beta} and more:
 * it reacts faster and lets more queue.
 *
 * <p>Quarkus knows no drops: by default one is judged by its time alone, as any other request, and
 * a fast one becomes the baseline: after one drop of 1 ms among requests of 20 ms, 40 in flight on
 * 40 cores look like a queue. With {@code drops=incident}, as tuned, its time does not count, and
 * the drops of one incident shrink the limit by one step. Quarkus counts who is in flight at
 * completion; here, as for every limit, it is at admission. Of the extension this is the limit; its
 * second stage spares urgent requests from it.
 *
 * <p>Tuned, {@code max} is three tasks for each core: without the service time no more is safe.
 * {@code alpha} and {@code beta} grow with the cores. Its worst regret in the league is 35 points
 * (4 cores, tasks of 83 ms, lognormal:cv=0.5, 3x).
 *
 * <p>Its baseline is poisoned by probes under load and there is no guard: that is {@link
 * VegasLimit}'s.
 */
public final class VegasQuarkusLimit implements Limit {
  private static final int MOST_QUEUED = 1000;

  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(100);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(1000);
  private static final Parameter<Integer> ALPHA =
      Parameter.integer("alpha", "grow while fewer queue, times f", 1, MOST_QUEUED).defaultsTo(3);
  private static final Parameter<Integer> BETA =
      Parameter.integer("beta", "shrink when more queue, times f", 1, MOST_QUEUED).defaultsTo(6);
  private static final Parameter<Integer> PROBE =
      Parameter.integer("probe", "limits' worth of requests between probes", 1, 1_000_000)
          .defaultsTo(30);

  private static final Parameter<Drops> DROPS =
      Parameter.choice("drops", "what a dropped request does", Drops.class)
          .defaultsTo(Drops.IGNORED);

  /** {@code vegas-quarkus:initial=100,max=1000,alpha=3,beta=6,probe=30,drops=ignored}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "vegas-quarkus",
              "vegas in whole permits, with larger steps",
              "Quarkus load-shedding extension, OverloadDetector",
              spec ->
                  new VegasQuarkusLimit(
                      spec.get(INITIAL),
                      spec.get(MAX_LIMIT),
                      spec.get(ALPHA),
                      spec.get(BETA),
                      spec.get(PROBE),
                      spec.get(DROPS)),
              INITIAL,
              MAX_LIMIT,
              ALPHA,
              BETA,
              PROBE,
              DROPS)
          .ordered(List.of(INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(2 * target.workers()),
                      MAX_LIMIT.at(target.mostInFlight()),
                      ALPHA.at(Math.min(MOST_QUEUED, target.workers())),
                      BETA.at(Math.min(MOST_QUEUED, 2 * target.workers())),
                      DROPS.at(Drops.INCIDENT)));

  private final int initial;
  private final int max;
  private final int alpha;
  private final int beta;
  private final int probe;
  private final DropRule drops;
  private final Xorshift jitter = new Xorshift();

  /** Zero until the first sample. */
  private long baselineMicros;

  private int sinceProbe;
  private double probeAfter;

  /** Expects {@code 1 <= initial <= max}. */
  public VegasQuarkusLimit(int initial, int max, int alpha, int beta, int probe, Drops drops) {
    this.initial = initial;
    this.max = max;
    this.alpha = alpha;
    this.beta = beta;
    this.probe = probe;
    this.drops = new DropRule(drops);
    this.probeAfter = nextProbe();
  }

  @Override
  public int initial() {
    return initial;
  }

  @Override
  public int next(int limit, Sample sample) {
    if (drops.cuts(sample)) {
      return Math.max(1, limit - digits(limit));
    }
    if (!drops.isSample(sample)) {
      return limit;
    }
    long micros = Math.max(1, sample.elapsedNanos() / 1_000);
    sinceProbe++;
    boolean probes = sinceProbe >= probeAfter * limit;
    if (probes) {
      sinceProbe = 0;
      probeAfter = nextProbe();
    }
    if (probes || baselineMicros == 0 || micros < baselineMicros) {
      baselineMicros = micros;
      return limit;
    }
    return Math.max(1, Math.min(max, limit + step(limit, micros, sample.inflight())));
  }

  private double nextProbe() {
    return (0.5 + 0.5 * jitter.next()) * probe;
  }

  private int step(int limit, long micros, int inflight) {
    if (2L * inflight < limit) {
      return 0; // an idle limit teaches nothing
    }
    int f = digits(limit);
    int queue = (int) Math.ceil(limit * (1 - (double) baselineMicros / micros));
    if (queue <= f) {
      return beta * f;
    }
    if (queue < alpha * f) {
      return f;
    }
    return queue > beta * f ? -f : 0;
  }

  /** {@code 1 + floor(log10(limit))}. */
  private static int digits(int limit) {
    int f = 1;
    for (int rest = limit / 10; rest > 0; rest /= 10) {
      f++;
    }
    return f;
  }
}
