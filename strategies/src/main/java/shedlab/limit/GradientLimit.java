package shedlab.limit;

import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Sample;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Scale the limit by how much slower requests are than the fastest: {@code L = L * gradient +
 * queue} with {@code gradient = tolerance * baseline / elapsed}, between a half and one, and {@code
 * queue} at least {@code sqrt(L)}. Netflix concurrency-limits' {@code GradientLimit}.
 *
 * <p>Growth is immediate; of a decrease only the share {@code smoothing} is taken, also of the
 * {@code ratio} after a drop. Every {@code probe} to {@code 2 * probe} requests the limit falls to
 * {@code queue} and the baseline is measured anew: at a cost, but not under the load that its own
 * limit admits.
 *
 * <p>On saturated cores with a clean baseline it settles at {@code L = tolerance * cores + queue},
 * or at {@code 2 * queue} if that is greater. If the service time is known: {@code tolerance =
 * deadline / service time}, {@code max = cores * tolerance}.
 *
 * <p>Tuned, {@code max} is three tasks for each core: without the service time no more is safe.
 * {@code queue} grows with the cores. Its worst regret in the league is 29 points (1 core, tasks of
 * 4 ms, exponential, 0.9x).
 *
 * <p>As in the original, every drop cuts, and the time of a dropped request counts as a service
 * time: with {@code initial=50,max=100,probe=0} one dropped request of 1 ms, among others of 20 ms,
 * makes the limit 8 for ever. With {@code drops=incident}, as tuned, its time does not count and
 * the drops of one incident cut once.
 *
 * <p>The original lets {@code queue} exceed {@code max}; here {@code max} holds.
 */
public final class GradientLimit implements Limit {
  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(50);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(1);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(1000);
  private static final Parameter<Double> SMOOTHING =
      Parameter.real("smoothing", "share of a decrease that is taken", 0.001, 1).defaultsTo(0.2);
  private static final Parameter<Integer> QUEUE =
      Parameter.integer("queue", "least headroom", 1, Limit.MAX).defaultsTo(4);
  private static final Parameter<Double> TOLERANCE =
      Parameter.real("tolerance", "times the baseline before it shrinks", 1, 1000).defaultsTo(2.0);
  private static final Parameter<Integer> PROBE =
      Parameter.integer("probe", "requests between probes, 0 for none", 0, 1_000_000)
          .defaultsTo(1000);
  private static final Parameter<Double> RATIO =
      Parameter.real("ratio", "what a drop leaves", 0.5, 0.999).defaultsTo(0.9);

  private static final Parameter<Drops> DROPS =
      Parameter.choice("drops", "what a dropped request does", Drops.class).defaultsTo(Drops.EACH);

  /** {@code gradient}, with Netflix' defaults. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "gradient",
              "scale by fastest over current latency, plus some headroom",
              "Netflix concurrency-limits GradientLimit",
              spec ->
                  new GradientLimit(
                      spec.get(INITIAL),
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(SMOOTHING),
                      spec.get(QUEUE),
                      spec.get(TOLERANCE),
                      spec.get(PROBE),
                      spec.get(RATIO),
                      spec.get(DROPS)),
              INITIAL,
              MIN,
              MAX_LIMIT,
              SMOOTHING,
              QUEUE,
              TOLERANCE,
              PROBE,
              RATIO,
              DROPS)
          .ordered(List.of(MIN, INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(2 * target.workers()),
                      MAX_LIMIT.at(target.mostInFlight()),
                      QUEUE.at(target.workers()),
                      DROPS.at(Drops.INCIDENT)));

  private final int initial;
  private final int min;
  private final int max;
  private final double smoothing;
  private final int queue;
  private final double tolerance;
  private final int probe;
  private final double ratio;
  private final DropRule drops;
  private final Xorshift jitter = new Xorshift();

  /** The limit with its fraction. */
  private double exact;

  /** Zero if there is none. */
  private long baselineNanos;

  private int untilProbe;

  /**
   * Expects {@code 1 <= min <= initial <= max}, {@code tolerance >= 1} and {@code 0 < ratio < 1}.
   *
   * @param probe requests between probes; zero: never
   */
  public GradientLimit(
      int initial,
      int min,
      int max,
      double smoothing,
      int queue,
      double tolerance,
      int probe,
      double ratio,
      Drops drops) {
    this.initial = initial;
    this.min = min;
    this.max = max;
    this.smoothing = smoothing;
    this.queue = queue;
    this.tolerance = tolerance;
    this.probe = probe;
    this.ratio = ratio;
    this.drops = new DropRule(drops);
    this.exact = initial;
    this.untilProbe = nextProbe();
  }

  @Override
  public int initial() {
    return initial;
  }

  @Override
  public int next(int limit, Sample sample) {
    int headroom = Math.min(max, Math.max(queue, (int) Math.sqrt((int) exact)));
    if (!drops.isSample(sample)) {
      if (drops.cuts(sample)) {
        moveTo(exact * ratio, headroom);
      }
    } else if (probe > 0 && untilProbe-- <= 0) {
      untilProbe = nextProbe();
      baselineNanos = 0;
      exact = Math.max(min, headroom);
    } else {
      move(sample, headroom);
    }
    return (int) exact;
  }

  private int nextProbe() {
    return probe + (int) (probe * jitter.next());
  }

  private void move(Sample sample, int headroom) {
    long elapsed = Math.max(1, sample.elapsedNanos());
    if (baselineNanos == 0 || elapsed < baselineNanos) {
      baselineNanos = elapsed;
    }
    if (drops.cuts(sample)) {
      moveTo(exact * ratio, headroom);
    } else if (sample.inflight() >= exact / 2) { // an idle limit teaches nothing
      double gradient = Math.max(0.5, Math.min(1, tolerance * baselineNanos / elapsed));
      moveTo(exact * gradient + headroom, headroom);
    }
  }

  private void moveTo(double target, int headroom) {
    double smoothed =
        target < exact ? Math.max(min, exact * (1 - smoothing) + smoothing * target) : target;
    exact = Math.max(headroom, Math.min(max, smoothed));
  }
}
