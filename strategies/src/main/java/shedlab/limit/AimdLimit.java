package shedlab.limit;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Additive increase, multiplicative decrease: grow while requests are fast, cut when one is late or
 * dropped. Late means admission to completion took longer than {@code timeout}.
 *
 * <p>Two published algorithms share the name, and {@link Pace} chooses between them:
 *
 * <ul>
 *   <li>{@code sample}: Netflix concurrency-limits' {@code AIMDLimit} and Helidon's {@code
 *       AimdLimit}. Every fast sample adds one permit, every late sample cuts once. Per round trip
 *       that is exponential growth, and one congestion event that delays all {@code L} in flight
 *       cuts to {@code ratio^L}.
 *   <li>{@code round-trip}: TCP's (Chiu and Jain 1989; RFC 5681). Growth is one permit per round
 *       trip ({@code 1/limit} per sample). A cut is once per round trip: late requests admitted
 *       before the last cut tell nothing new.
 * </ul>
 *
 * <p>Growth needs at least half of the limit in use: an idle limit teaches nothing. The defaults
 * are the libraries' own; with a 5 s timeout and a floor of 20 they do not shed CPU work (the limit
 * climbs to 200). Tuned, late is half of the deadline, the floor is one and the pace the round
 * trip's.
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
      Parameter.integer("min", "never below", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "never above", 1, Limit.MAX).defaultsTo(200);
  private static final Parameter<Double> RATIO =
      Parameter.real("ratio", "what a cut leaves", 0.5, 0.999).defaultsTo(0.9);
  private static final Parameter<Duration> TIMEOUT =
      Parameter.duration("timeout", "slower than this is late").defaultsTo(Duration.ofSeconds(5));
  private static final Parameter<Pace> PACE =
      Parameter.choice("pace", "move per sample or per round trip", Pace.class)
          .defaultsTo(Pace.SAMPLE);

  /** {@code aimd:initial=20,min=20,max=200,ratio=0.9,timeout=5s,pace=sample}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "aimd",
              "one more while fast, a cut when late",
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
                      MIN.at(1),
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
