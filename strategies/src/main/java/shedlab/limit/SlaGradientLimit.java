package shedlab.limit;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.numbers.Histogram;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * A gradient limit whose reference is a promised time instead of a measured minimum, as proposed
 * for NVIDIA Dynamo: once per window {@code L = L * target / p95 + sqrt(L)}, with the ratio
 * clamped. There is no baseline that could be learnt under load. A window with few completed
 * requests changes nothing.
 *
 * <p>The square root, room to grow, also holds the p95 above the target. On saturated cores with
 * even work it settles at {@code L = target * cores / service time + sqrt(L)}; the p95 is then
 * {@code L / (L - sqrt(L))} times the target: 1.1 times at 100 in flight, twice at 4.
 *
 * <p>As proposed it grows whenever requests are fast, whether its permits are used or not. With
 * {@code growth=in-use}, as tuned, it grows only while half of it is in flight.
 *
 * <p>Tuned, it holds for tasks of any size, because it looks at the deadline: the target is half of
 * it, since the p95 settles above the target.
 *
 * <p>Bounds and clamps are Envoy's (see {@link EnvoyLimit}), which the proposal builds on; window
 * and number of samples are ours. Differences: the proposal's window is a rolling one, and it
 * limits the rate of change in addition to the ratio. Times count from admission: the proposal has
 * no queue of its own. Dropped requests are no samples.
 */
public final class SlaGradientLimit implements Limit {
  private static final int HISTOGRAM_BITS = 5;
  private static final double LEAST_GRADIENT = 0.5;
  private static final double GREATEST_GRADIENT = 2;

  private static final Parameter<Duration> TARGET =
      Parameter.duration("target", "promised time from admission to completion");
  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(3);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(3);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(1_000);
  private static final Parameter<Double> QUANTILE =
      Parameter.real("quantile", "of a window's elapsed times", 0, 1).defaultsTo(0.95);
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "between updates").defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> SAMPLES =
      Parameter.integer("samples", "samples that a window needs", 1, 1_000_000).defaultsTo(20);
  private static final Parameter<Growth> GROWTH =
      Parameter.choice("growth", "when it may grow", Growth.class).defaultsTo(Growth.ALWAYS);

  /** {@code sla-gradient:target=T,initial=3,min=3,max=1000,quantile=0.95,window=1s,...}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "sla-gradient",
              "times a promised time against the p95, plus its square root",
              "ai-dynamo/dynamo issue 9047, E2E Latency Rejection",
              spec ->
                  new SlaGradientLimit(
                      spec.get(TARGET).toNanos(),
                      spec.get(INITIAL),
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(QUANTILE),
                      spec.get(WINDOW).toNanos(),
                      spec.get(SAMPLES),
                      spec.get(GROWTH)),
              TARGET,
              INITIAL,
              MIN,
              MAX_LIMIT,
              QUANTILE,
              WINDOW,
              SAMPLES,
              GROWTH)
          .ordered(List.of(MIN, INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      TARGET.at(target.part(0.5)),
                      INITIAL.at(2 * target.workers()),
                      MIN.at(target.workers()),
                      MAX_LIMIT.at(16 * target.workers()),
                      WINDOW.at(target.part(1)),
                      SAMPLES.at(10),
                      GROWTH.at(Growth.IN_USE)));

  private final long targetNanos;
  private final int initial;
  private final int min;
  private final int max;
  private final double quantile;
  private final long windowNanos;
  private final int samples;
  private final Growth growth;

  private final Histogram elapsed = new Histogram(HISTOGRAM_BITS);
  private boolean began;
  private long windowBeganNanos;
  private int mostInflight;

  /** The limit with its fraction. */
  private double exact;

  /** Expects {@code 1 <= min <= initial <= max} and {@code 0 <= quantile <= 1}. */
  public SlaGradientLimit(
      long targetNanos,
      int initial,
      int min,
      int max,
      double quantile,
      long windowNanos,
      int samples,
      Growth growth) {
    this.targetNanos = targetNanos;
    this.initial = initial;
    this.min = min;
    this.max = max;
    this.quantile = quantile;
    this.windowNanos = windowNanos;
    this.samples = samples;
    this.growth = growth;
    this.exact = initial;
  }

  @Override
  public int initial() {
    return initial;
  }

  @Override
  public int next(int limit, Sample sample) {
    long now = sample.completedNanos();
    if (!began) {
      began = true;
      windowBeganNanos = now;
    }
    if (sample.outcome() == Outcome.SUCCESS) {
      elapsed.record(sample.elapsedNanos());
      mostInflight = Math.max(mostInflight, sample.inflight());
    }
    if (now - windowBeganNanos >= windowNanos) {
      if (elapsed.total() >= samples) {
        update();
      }
      windowBeganNanos = now;
      elapsed.clear();
      mostInflight = 0;
    }
    return (int) exact;
  }

  private void update() {
    double taken = Math.max(1, elapsed.quantile(quantile));
    double gradient = Math.max(LEAST_GRADIENT, Math.min(GREATEST_GRADIENT, targetNanos / taken));
    double next = exact * gradient + Math.sqrt(exact);
    if (next <= exact || growth.allows(mostInflight, exact)) {
      exact = Math.max(min, Math.min(max, next));
    }
  }
}
