package shedlab.limit;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Additive increase, multiplicative decrease: the limit grows while requests are fast and is cut
 * when one is late or dropped. A request is late if it took longer than {@code timeout} from
 * admission to completion.
 *
 * <p>Two published algorithms share the name, and {@link Pace} chooses between them:
 *
 * <ul>
 *   <li>{@code sample}: Netflix concurrency-limits' {@code AIMDLimit} and Helidon's {@code
 *       AimdLimit}. Every fast sample adds one permit, and every late sample cuts. So the limit
 *       grows exponentially per round trip, and one congestion event that delays all {@code L}
 *       requests in flight multiplies it by {@code ratio^L}.
 *   <li>{@code round-trip}: TCP's rule (Chiu and Jain 1989; RFC 5681). The limit grows by one
 *       permit per round trip ({@code 1/limit} per sample) and is cut at most once per round trip:
 *       a late request that was admitted before the last cut does not cut again.
 * </ul>
 *
 * <p>The limit grows only while at least half of it is in use, because an unused limit says nothing
 * about the capacity. The defaults are those of the libraries: with a timeout of 5 s and a minimum
 * of 20 they do not shed CPU-bound work (the limit climbs to 200). The tuned profile calls a
 * request late after half of the deadline, has a minimum of one permit a core and moves once per
 * round trip.
 *
 * <p>Tuned, it holds for tasks of any size, because it looks at the deadline. Its worst regret in
 * the league is 24 points (1 core, tasks of 60 ms, exponential, 2x).
 */
public final class AimdLimit implements Limit {
  /** How often the limit moves. */
  public enum Pace {
    /** On every completed request. */
    SAMPLE,
    /** Once per round trip. */
    ROUND_TRIP
  }

  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(200);
  private static final Parameter<Double> RATIO =
      Parameter.real("ratio", "a cut multiplies the limit by this", 0.5, 0.999).defaultsTo(0.9);
  private static final Parameter<Duration> TIMEOUT =
      Parameter.duration("timeout", "a request that takes longer is late")
          .defaultsTo(Duration.ofSeconds(5));
  private static final Parameter<Pace> PACE =
      Parameter.choice("pace", "whether it moves per sample or per round trip", Pace.class)
          .defaultsTo(Pace.SAMPLE);

  /** {@code aimd:initial=20,min=20,max=200,ratio=0.9,timeout=5s,pace=sample}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "aimd",
              "adds permits while requests are fast, cuts when one is late",
              "Netflix concurrency-limits AIMDLimit; Chiu and Jain 1989",
              spec ->
                  new AimdLimit(
                      spec.get(INITIAL),
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(RATIO),
                      spec.get(TIMEOUT).toNanos(),
                      spec.get(PACE)),
              INITIAL,
              MIN,
              MAX_LIMIT,
              RATIO,
              TIMEOUT,
              PACE)
          .ordered(List.of(MIN, INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(target.workers()),
                      MIN.at(target.workers()),
                      MAX_LIMIT.at(16 * target.workers()),
                      TIMEOUT.at(target.part(0.5)),
                      PACE.at(Pace.ROUND_TRIP)));

  private final int initial;
  private final int min;
  private final int max;
  private final double ratio;
  private final long timeoutNanos;
  private final boolean perRoundTrip;

  /** The limit with its fraction, which only {@code round-trip} grows. */
  private double exact;

  private boolean hasCut;
  private long lastCutNanos;

  /** Expects {@code 1 <= min <= initial <= max} and {@code 0 < ratio < 1}. */
  public AimdLimit(int initial, int min, int max, double ratio, long timeoutNanos, Pace pace) {
    this.initial = initial;
    this.min = min;
    this.max = max;
    this.ratio = ratio;
    this.timeoutNanos = timeoutNanos;
    this.perRoundTrip = pace == Pace.ROUND_TRIP;
    this.exact = initial;
  }

  @Override
  public int initial() {
    return initial;
  }

  @Override
  public int next(int limit, Sample sample) {
    if (sample.outcome() == Outcome.DROPPED || sample.elapsedNanos() > timeoutNanos) {
      cut(sample);
    } else if (2L * sample.inflight() >= limit) {
      exact = Math.min(max, exact + (perRoundTrip ? 1.0 / limit : 1.0));
    }
    return (int) exact;
  }

  private void cut(Sample late) {
    if (perRoundTrip) {
      long admittedNanos = late.completedNanos() - late.elapsedNanos();
      if (hasCut && admittedNanos - lastCutNanos < 0) {
        return;
      }
      hasCut = true;
      lastCutNanos = late.completedNanos();
    }
    exact = Math.max(min, Math.floor(Math.floor(exact) * ratio));
  }
}
