package shedlab.limit;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * The concurrency limit of little-loadshedder, a hill climb in single permits. The estimate of the
 * throughput is, by Little's law, the number in flight over the average time. If this estimate and
 * the number in flight have moved in opposite directions since the last step, or if the average is
 * above {@code target}, the limit falls by one; otherwise it grows by one.
 *
 * <p>It moves only at capacity: while no more than a tenth of its permits, or one, is free. Between
 * two steps at least {@code average / (10 * smoothing)} passes. After a step the average is
 * multiplied by the change of the limit, as if the throughput had stayed the same.
 *
 * <p>The library is this limit and a queue that the limit and the target size: {@code
 * little-queue}. Here they are two pieces, {@code little-queue+little+fifo}, because a limit cannot
 * refuse an arrival.
 *
 * <p>On saturated cores more in flight brings no more throughput, so that noise decides the
 * direction: the limit wanders, and nothing but the target bounds it. The slower requests get, the
 * longer it waits between steps.
 *
 * <p>The library has no defaults for the target and the smoothing; that of the smoothing is its
 * example's. It has no bounds either: it starts at one permit and with an average equal to the
 * target. As in the library, a dropped request is a request like any other. Differences: who is in
 * flight is counted at admission, not at completion, and the pause before the first step counts
 * from the first completion.
 *
 * <p>Tuned, it keeps one permit for each core, and {@code max} is three tasks for each core:
 * without the service time no more is safe. The target is half of the deadline, since half of the
 * requests take longer than the average.
 */
public final class LittleLimit implements Limit {
  private static final double STEPS_PER_MEMORY = 10;
  private static final int LEEWAY = 10;

  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(1);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(1);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(Limit.MAX);
  private static final Parameter<Duration> TARGET =
      Parameter.duration("target", "average time above which it shrinks");
  private static final Parameter<Double> SMOOTHING =
      Parameter.real("smoothing", "weight of the newest time in the average", 0.0001, 1)
          .defaultsTo(0.01);

  /** {@code little:initial=1,min=1,max=2097151,target=T,smoothing=0.01}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "little",
              "climbs by single permits while throughput, by Little's law, follows",
              "little-loadshedder (Rust) 0.2.0, concurrency",
              spec ->
                  new LittleLimit(
                      spec.get(INITIAL),
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(TARGET).toNanos(),
                      spec.get(SMOOTHING)),
              INITIAL,
              MIN,
              MAX_LIMIT,
              TARGET,
              SMOOTHING)
          .ordered(List.of(MIN, INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(target.workers()),
                      MIN.at(target.workers()),
                      MAX_LIMIT.at(target.mostInFlight()),
                      TARGET.at(target.part(0.5)),
                      SMOOTHING.at(0.05)));

  private final int initial;
  private final int min;
  private final int max;
  private final long targetNanos;
  private final double smoothing;

  private double averageNanos;
  private boolean began;
  private long steppedNanos;
  private int inflightThen;

  /** At the last step, in requests per nanosecond. */
  private double throughputThen;

  /** Expects {@code 1 <= min <= initial <= max} and {@code 0 < smoothing <= 1}. */
  public LittleLimit(int initial, int min, int max, long targetNanos, double smoothing) {
    this.initial = initial;
    this.min = min;
    this.max = max;
    this.targetNanos = targetNanos;
    this.smoothing = smoothing;
    this.averageNanos = targetNanos;
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
      steppedNanos = now;
    }
    averageNanos += smoothing * (sample.elapsedNanos() - averageNanos);
    int inflight = Math.min(limit, sample.inflight());
    boolean atCapacity = limit - inflight <= Math.max(1, limit / LEEWAY);
    double pauseNanos = averageNanos / smoothing / STEPS_PER_MEMORY;
    if (!atCapacity || now - steppedNanos <= pauseNanos) {
      return limit;
    }
    double throughput = inflight / averageNanos;
    boolean opposed = (throughput > throughputThen) != (inflight > inflightThen);
    int next =
        opposed || averageNanos > targetNanos ? Math.max(min, limit - 1) : Math.min(max, limit + 1);
    averageNanos *= (double) next / limit;
    throughputThen = throughput;
    inflightThen = inflight;
    steppedNanos = now;
    return next;
  }
}
