package shedlab.limit;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Sample;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * TCP Vegas for requests: of {@code L} in flight, {@code q = L (1 - baseline / elapsed)} queue. Few
 * queue: grow; many: shrink; between {@code alpha} and {@code beta}: hold. Netflix
 * concurrency-limits' {@code VegasLimit}, whose steps and bounds grow with {@code f}, the order of
 * magnitude of {@code L} (1 below 100, 2 below 1,000).
 *
 * <p>The baseline is the fastest request since the last probe. A probe takes whatever comes as the
 * new baseline, every {@code probe * L} requests or a little earlier: otherwise one lucky request,
 * or a service that has become slower permanently, would keep the limit low for ever. But a probe
 * under load takes the queue itself for the service time, and the limit creeps up: baseline
 * poisoning. Two ways out, both off by default: {@code probe-below} postpones a probe until at most
 * that share of the limit is in flight (the guard of OpenSearch's concurrency limiter, PR 22312);
 * {@code baseline} is a known service time, and nothing is measured.
 *
 * <p>As in the original, every drop cuts, and the time of a dropped request can become the
 * baseline: the 20 drops of one incident cut the limit from 40 to 20. With {@code drops=incident},
 * as tuned, they cut once, to 39, and their times do not count.
 *
 * <p>On saturated cores with a clean baseline it settles with {@code L - cores} between {@code
 * alpha f} and {@code beta f}. When service times vary it takes long requests for queues, and sheds
 * below capacity.
 *
 * <p>Tuned, {@code max} is three tasks for each core: without the service time no more is safe.
 * {@code alpha} and {@code beta} grow with the cores, and a probe waits for a calm moment. Its
 * worst regret in the league is 28 points (1 core, tasks of 4 ms, exponential, 0.9x).
 */
public final class VegasLimit implements Limit {
  private static final int MOST_QUEUED = 1000;

  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(1);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(1000);
  private static final Parameter<Integer> ALPHA =
      Parameter.integer("alpha", "grow while fewer queue, times f", 1, MOST_QUEUED).defaultsTo(3);
  private static final Parameter<Integer> BETA =
      Parameter.integer("beta", "shrink when more queue, times f", 1, MOST_QUEUED).defaultsTo(6);
  private static final Parameter<Double> SMOOTHING =
      Parameter.real("smoothing", "share of a step that is taken", 0.001, 1).defaultsTo(1.0);
  private static final Parameter<Integer> PROBE =
      Parameter.integer("probe", "limits' worth of requests between probes", 1, 1_000_000)
          .defaultsTo(30);
  private static final Parameter<Double> PROBE_BELOW =
      Parameter.real("probe-below", "probe only with this share of the limit in flight", 0, 1)
          .defaultsTo(1.0);
  private static final Parameter<Duration> BASELINE =
      Parameter.durationOrNone("baseline", "the service time, if known").defaultsTo(Duration.ZERO);

  private static final Parameter<Drops> DROPS =
      Parameter.choice("drops", "what a dropped request does", Drops.class).defaultsTo(Drops.EACH);

  /** {@code vegas}, with Netflix' defaults. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "vegas",
              "grow while few requests queue, shrink when many do",
              "Netflix concurrency-limits VegasLimit; Brakmo and Peterson 1995",
              spec ->
                  new VegasLimit(
                      spec.get(INITIAL),
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(ALPHA),
                      spec.get(BETA),
                      spec.get(SMOOTHING),
                      spec.get(PROBE),
                      spec.get(PROBE_BELOW),
                      spec.get(BASELINE).toNanos(),
                      spec.get(DROPS)),
              INITIAL,
              MIN,
              MAX_LIMIT,
              ALPHA,
              BETA,
              SMOOTHING,
              PROBE,
              PROBE_BELOW,
              BASELINE,
              DROPS)
          .ordered(List.of(MIN, INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(2 * target.workers()),
                      MAX_LIMIT.at(target.mostInFlight()),
                      ALPHA.at(Math.min(MOST_QUEUED, target.workers())),
                      BETA.at(Math.min(MOST_QUEUED, 2 * target.workers())),
                      PROBE_BELOW.at(0.5),
                      DROPS.at(Drops.INCIDENT)));

  private final int initial;
  private final int min;
  private final int max;
  private final int alpha;
  private final int beta;
  private final double smoothing;
  private final int probe;
  private final double probeBelow;
  private final boolean measures;
  private final DropRule drops;
  private final Xorshift jitter = new Xorshift();

  /** The limit with its fraction. */
  private double exact;

  /** Zero until the first sample. */
  private long baselineNanos;

  private long sinceProbe;
  private double probeAfter;

  /**
   * Expects {@code 1 <= min <= initial <= max}.
   *
   * @param baselineNanos the service time, or zero to measure it
   */
  public VegasLimit(
      int initial,
      int min,
      int max,
      int alpha,
      int beta,
      double smoothing,
      int probe,
      double probeBelow,
      long baselineNanos,
      Drops drops) {
    this.initial = initial;
    this.min = min;
    this.max = max;
    this.alpha = alpha;
    this.beta = beta;
    this.smoothing = smoothing;
    this.probe = probe;
    this.probeBelow = probeBelow;
    this.measures = baselineNanos == 0;
    this.drops = new DropRule(drops);
    this.exact = initial;
    this.baselineNanos = baselineNanos;
    this.probeAfter = nextProbe();
  }

  @Override
  public int initial() {
    return initial;
  }

  @Override
  public int next(int limit, Sample sample) {
    long elapsed = Math.max(1, sample.elapsedNanos());
    if (!drops.isSample(sample)) {
      move(drops.cuts(sample) ? -magnitude((int) exact) : 0);
    } else if (!measures || !becomesBaseline(elapsed, sample.inflight())) {
      move(step(elapsed, sample));
    }
    return (int) exact;
  }

  /** A sample that becomes the baseline has nothing to be compared with. */
  private boolean becomesBaseline(long elapsed, int inflight) {
    sinceProbe++;
    boolean probes =
        sinceProbe >= probeAfter * exact && Math.min(inflight, exact) <= probeBelow * exact;
    if (probes) {
      sinceProbe = 0;
      probeAfter = nextProbe();
    }
    if (probes || baselineNanos == 0 || elapsed < baselineNanos) {
      baselineNanos = elapsed;
      return true;
    }
    return false;
  }

  private double nextProbe() {
    return (0.5 + 0.5 * jitter.next()) * probe;
  }

  private void move(int step) {
    if (step != 0) {
      double target = Math.max(min, Math.min(max, exact + step));
      exact = Math.max(min, (1 - smoothing) * exact + smoothing * target);
    }
  }

  private int step(long elapsed, Sample sample) {
    int f = magnitude((int) exact);
    if (drops.cuts(sample)) {
      return -f;
    }
    if (2.0 * sample.inflight() < exact) {
      return 0; // an idle limit teaches nothing
    }
    int queue = (int) Math.ceil(exact * (1 - (double) baselineNanos / elapsed));
    if (queue <= f) {
      return beta * f;
    }
    if (queue < alpha * f) {
      return f;
    }
    return queue > beta * f ? -f : 0;
  }

  /** {@code max(1, floor(log10(limit)))}. */
  private static int magnitude(int limit) {
    int f = 1;
    for (int rest = limit / 100; rest > 0; rest /= 10) {
      f++;
    }
    return f;
  }
}
