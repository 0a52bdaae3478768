package shedlab.limit;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.numbers.Histogram;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Envoy's gradient controller: every {@code interval} the limit is multiplied by the ratio of the
 * slowest time that counts as unloaded to the time that requests now take, {@code (1 + buffer) *
 * minimum}, and gets its own square root on top as room for bursts.
 *
 * <p>The minimum is measured, not remembered: every {@code probe-interval}, and after five updates
 * at the floor, the limit is pinned to {@code probe} until so many requests admitted under it have
 * completed. Whoever was admitted before the last probe began is no sample. On a saturated server
 * with {@code c} cores and even work the limit settles at {@code 1.25c + sqrt(1.25c)}, in one step.
 *
 * <p>As in the original it grows whenever requests are fast, whether its permits are used or not:
 * with one request in flight it climbs from 3 to 1,000 in 17 updates (1.7 s), and then lets a burst
 * of 300 in at once. With {@code growth=in-use}, as tuned, it grows only while half of it is in
 * flight.
 *
 * <p>Tuned, {@code max} is three tasks for each core: without the service time no more is safe. The
 * buffer is wider, so that several tasks on a core are normal. Its worst regret in the league is 31
 * points (1 core, tasks of 60 ms, exponential, 2x).
 *
 * <p>The defaults are Envoy's example configuration; {@code probe} is its {@code min_concurrency},
 * which is also its floor ({@code min}): above the cores of a small machine, a probe measures a
 * loaded server. Differences: periods end with the first completion after them instead of by a
 * timer; times are kept to 1.6 % in nanoseconds, Envoy's to a microsecond; a {@code min} of its own
 * still pins the limit while probing, which Envoy with {@code min_concurrency_limit} (2026) does
 * not.
 */
public final class EnvoyLimit implements Limit {
  private static final int HISTOGRAM_BITS = 5;
  private static final double LEAST_GRADIENT = 0.5;
  private static final double GREATEST_GRADIENT = 2;

  /** So many updates in a row at the floor, and the minimum is doubted. */
  private static final int DOUBTED_AFTER = 5;

  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(3);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(1_000);
  private static final Parameter<Double> QUANTILE =
      Parameter.real("quantile", "of the elapsed times", 0, 1).defaultsTo(0.5);
  private static final Parameter<Duration> INTERVAL =
      Parameter.duration("interval", "between updates").defaultsTo(Duration.ofMillis(100));
  private static final Parameter<Double> BUFFER =
      Parameter.real("buffer", "how much above the minimum is normal", 0, 10).defaultsTo(0.25);
  private static final Parameter<Integer> PROBE =
      Parameter.integer("probe", "the limit while probing", 1, Limit.MAX).defaultsTo(3);
  private static final Parameter<Integer> PROBE_SAMPLES =
      Parameter.integer("probe-samples", "requests of a probe", 1, 1_000_000).defaultsTo(50);
  private static final Parameter<Duration> PROBE_INTERVAL =
      Parameter.duration("probe-interval", "between probes").defaultsTo(Duration.ofMinutes(1));
  private static final Parameter<Double> JITTER =
      Parameter.real("jitter", "added to that interval, at most", 0, 1).defaultsTo(0.15);

  private static final Parameter<Growth> GROWTH =
      Parameter.choice("growth", "when it may grow", Growth.class).defaultsTo(Growth.ALWAYS);

  /** {@code envoy:min=3,max=1000,quantile=0.5,interval=100ms,buffer=0.25,probe=3,...}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "envoy",
              "times what requests take against a probed minimum, plus its square root",
              "Envoy adaptive concurrency, gradient controller",
              spec ->
                  new EnvoyLimit(
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(QUANTILE),
                      spec.get(INTERVAL).toNanos(),
                      spec.get(BUFFER),
                      spec.get(PROBE),
                      spec.get(PROBE_SAMPLES),
                      spec.get(PROBE_INTERVAL).toNanos(),
                      spec.get(JITTER),
                      spec.get(GROWTH)),
              MIN,
              MAX_LIMIT,
              QUANTILE,
              INTERVAL,
              BUFFER,
              PROBE,
              PROBE_SAMPLES,
              PROBE_INTERVAL,
              JITTER,
              GROWTH)
          .ordered(List.of(MIN, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      MIN.at(target.workers()),
                      MAX_LIMIT.at(target.mostInFlight()),
                      QUANTILE.at(0.9),
                      INTERVAL.at(target.part(1)),
                      BUFFER.at(1.0),
                      PROBE.at(target.workers()),
                      PROBE_INTERVAL.at(Duration.ofSeconds(10)),
                      GROWTH.at(Growth.IN_USE)));

  private final int min;
  private final int max;
  private final double quantile;
  private final long intervalNanos;
  private final double buffer;
  private final int probe;
  private final int probeSamples;
  private final long probeIntervalNanos;
  private final double jitter;
  private final Growth growth;

  private final Histogram elapsed = new Histogram(HISTOGRAM_BITS);
  private final Xorshift noise = new Xorshift();
  private boolean probing = true;
  private boolean began;
  private long probeBeganNanos;
  private long nextProbeNanos;
  private long nextUpdateNanos;
  private double minimumNanos;
  private int beforeProbe;
  private int updatesAtMin;

  /** Since the last update. */
  private int mostInflight;

  /** Expects {@code 1 <= min <= max} and {@code 0 <= quantile <= 1}. */
  public EnvoyLimit(
      int min,
      int max,
      double quantile,
      long intervalNanos,
      double buffer,
      int probe,
      int probeSamples,
      long probeIntervalNanos,
      double jitter,
      Growth growth) {
    this.min = min;
    this.max = max;
    this.quantile = quantile;
    this.intervalNanos = intervalNanos;
    this.buffer = buffer;
    this.probe = Math.min(probe, max);
    this.probeSamples = probeSamples;
    this.probeIntervalNanos = probeIntervalNanos;
    this.jitter = jitter;
    this.growth = growth;
    this.beforeProbe = Math.max(min, this.probe);
  }

  @Override
  public int initial() {
    return probe;
  }

  @Override
  public int next(int limit, Sample sample) {
    long now = sample.completedNanos();
    if (!began) {
      began = true;
      probeBeganNanos = now - sample.elapsedNanos();
    }
    long admitted = now - sample.elapsedNanos();
    if (sample.outcome() == Outcome.DROPPED || admitted - probeBeganNanos < 0) {
      return limit; // one from before the probe tells of another limit, however late it ends
    }
    elapsed.record(sample.elapsedNanos());
    mostInflight = Math.max(mostInflight, sample.inflight());
    if (probing) {
      return elapsed.total() < probeSamples ? limit : endProbe(now);
    }
    if (now - nextProbeNanos >= 0) {
      return beginProbe(limit, now);
    }
    int next = now - nextUpdateNanos >= 0 ? update(limit, now) : limit;
    return updatesAtMin >= DOUBTED_AFTER ? beginProbe(next, now) : next;
  }

  private int beginProbe(int limit, long now) {
    probing = true;
    probeBeganNanos = now;
    beforeProbe = limit;
    updatesAtMin = 0;
    elapsed.clear();
    return probe;
  }

  private int endProbe(long now) {
    probing = false;
    minimumNanos = elapsed.quantile(quantile);
    elapsed.clear();
    mostInflight = 0;
    nextUpdateNanos = now + intervalNanos;
    nextProbeNanos = now + probeIntervalNanos + (long) (jitter * probeIntervalNanos * noise.next());
    return beforeProbe;
  }

  private int update(int limit, long now) {
    nextUpdateNanos = now + intervalNanos;
    double ratio = (1 + buffer) * minimumNanos / Math.max(1, elapsed.quantile(quantile));
    elapsed.clear();
    double scaled = limit * Math.max(LEAST_GRADIENT, Math.min(GREATEST_GRADIENT, ratio));
    int next = (int) Math.max(min, Math.min(max, Math.floor(scaled + Math.sqrt(scaled))));
    if (next > limit && !growth.allows(mostInflight, limit)) {
      next = limit;
    }
    mostInflight = 0;
    updatesAtMin = limit == min && next == min ? updatesAtMin + 1 : 0;
    return next;
  }
}
