package shedlab.limit;

import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Scale the limit by how much slower requests are than their long-term average: {@code L = L *
 * gradient + queue} with {@code gradient = tolerance * average / elapsed}, between a half and one,
 * and of every change the share {@code smoothing} is taken. Netflix concurrency-limits' {@code
 * Gradient2Limit}.
 *
 * <p>An average is not misled by one lucky request, and needs no probe. But it follows the load:
 * under lasting overload slow becomes normal, and the limit drifts up to {@code max} however slow
 * requests are; only their variance holds it back. So it measures surges, not overload, and {@code
 * max} is what protects a deadline. The original's floor of 20 is above the cores of a small
 * machine, its headroom is added even while requests are slow, and it does not look at drops: hence
 * {@code min}, {@code headroom=flat} (only while the gradient is one) and {@code drops}: with
 * {@code each} every drop cuts a tenth, as in {@link GradientLimit}; with {@code incident}, as
 * tuned, the drops of one incident cut once, and their times do not count. By default they count:
 * after 400 drops of 1 ms, requests of 20 ms as ever take the limit from 40 to 8.
 *
 * <p>Tuned, {@code max} is three tasks for each core: without the service time no more is safe.
 * {@code queue} grows with the cores. Its worst regret in the league is 35 points (4 cores, tasks
 * of 83 ms, lognormal:cv=0.5, 3x). If the service time is known, {@code max = cores * deadline /
 * service time} is better.
 */
public final class Gradient2Limit implements Limit {
  /** When {@code queue} is added. */
  public enum Headroom {
    /** On every change. */
    ALWAYS,
    /** Only while requests are not slower than tolerated. */
    FLAT
  }

  private static final int WARM_UP = 10;
  private static final double AFTER_A_DROP = 0.9;

  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(200);
  private static final Parameter<Double> SMOOTHING =
      Parameter.real("smoothing", "share of a change that is taken", 0.001, 1).defaultsTo(0.2);
  private static final Parameter<Integer> QUEUE =
      Parameter.integer("queue", "headroom", 0, Limit.MAX).defaultsTo(4);
  private static final Parameter<Double> TOLERANCE =
      Parameter.real("tolerance", "times the average before it shrinks", 1, 1000).defaultsTo(1.5);
  private static final Parameter<Integer> LONG_WINDOW =
      Parameter.integer("long-window", "samples in the long-term average", 1, 1_000_000)
          .defaultsTo(600);
  private static final Parameter<Headroom> HEADROOM =
      Parameter.choice("headroom", "when queue is added", Headroom.class)
          .defaultsTo(Headroom.ALWAYS);
  private static final Parameter<Drops> DROPS =
      Parameter.choice("drops", "what a dropped request does", Drops.class)
          .defaultsTo(Drops.IGNORED);

  /** {@code gradient2}, with Netflix' defaults. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "gradient2",
              "scale by long-term over current latency, plus some headroom",
              "Netflix concurrency-limits Gradient2Limit",
              spec ->
                  new Gradient2Limit(
                      spec.get(INITIAL),
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(SMOOTHING),
                      spec.get(QUEUE),
                      spec.get(TOLERANCE),
                      spec.get(LONG_WINDOW),
                      spec.get(HEADROOM),
                      spec.get(DROPS)),
              INITIAL,
              MIN,
              MAX_LIMIT,
              SMOOTHING,
              QUEUE,
              TOLERANCE,
              LONG_WINDOW,
              HEADROOM,
              DROPS)
          .ordered(List.of(MIN, INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(2 * target.workers()),
                      MIN.at(1),
                      MAX_LIMIT.at(target.mostInFlight()),
                      QUEUE.at(target.workers()),
                      DROPS.at(Drops.INCIDENT)));

  private final int initial;
  private final int min;
  private final int max;
  private final double smoothing;
  private final int queue;
  private final double tolerance;
  private final double weight;
  private final boolean alwaysHeadroom;
  private final DropRule drops;

  /** The limit with its fraction. */
  private double exact;

  private double averageNanos;
  private double warmUpNanos;
  private int warmUp;

  /** Expects {@code 1 <= min <= initial <= max} and {@code tolerance >= 1}. */
  public Gradient2Limit(
      int initial,
      int min,
      int max,
      double smoothing,
      int queue,
      double tolerance,
      int longWindow,
      Headroom headroom,
      Drops drops) {
    this.initial = initial;
    this.min = min;
    this.max = max;
    this.smoothing = smoothing;
    this.queue = queue;
    this.tolerance = tolerance;
    this.weight = 2.0 / (longWindow + 1);
    this.alwaysHeadroom = headroom == Headroom.ALWAYS;
    this.drops = new DropRule(drops);
    this.exact = initial;
  }

  @Override
  public int initial() {
    return initial;
  }

  @Override
  public int next(int limit, Sample sample) {
    if (!drops.isSample(sample)) {
      if (drops.cuts(sample)) {
        move(exact * AFTER_A_DROP);
      }
      return (int) exact;
    }
    double elapsed = (double) Math.max(1, sample.elapsedNanos());
    remember(elapsed);
    double average = averageNanos;
    if (average / elapsed > 2) {
      averageNanos *= 0.95; // the load has gone: forget it faster than it came
    }
    double gradient = Math.max(0.5, Math.min(1, tolerance * average / elapsed));
    if (drops.cuts(sample)) {
      move(exact * AFTER_A_DROP);
    } else if (sample.inflight() >= exact / 2) { // an idle limit teaches nothing
      move(exact * gradient + (alwaysHeadroom || gradient == 1 ? queue : 0));
    }
    return (int) exact;
  }

  private void remember(double elapsed) {
    if (warmUp < WARM_UP) {
      warmUp++;
      warmUpNanos += elapsed;
      averageNanos = warmUpNanos / warmUp;
    } else {
      averageNanos = averageNanos * (1 - weight) + elapsed * weight;
    }
  }

  private void move(double target) {
    double smoothed = exact * (1 - smoothing) + target * smoothing;
    exact = Math.max(min, Math.min(max, smoothed));
  }
}
