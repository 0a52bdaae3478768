package shedlab.limit;

import java.time.Duration;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * bRPC's automatic limit, from Little's law: the least latency times the greatest throughput is how
 * many requests keep the server just busy. While requests take less than 1.4 times the least
 * latency, up to 1.4 times as many are allowed, to find out whether more throughput is possible.
 *
 * <p>Every 25 to 50 s the limit is halved for two seconds and the least latency is measured anew.
 * Under lasting overload the server is loaded even then: the measured latency is too long, and the
 * limit drifts up.
 *
 * <p>A window ends after {@code window} if it has at least {@code samples} samples, and in any case
 * after five times as many. At most one completion per 100 us is sampled; every success counts for
 * the throughput. The latency is the time of all samples, dropped ones included, divided by the
 * number of successes. If all were dropped, the limit is halved. By default the limit starts at 40
 * and never goes below: on a machine with few cores it sheds too late.
 *
 * <p>This is the rule that bRPC shipped with in 2018, without two of its bugs: it compared the
 * window's microseconds with milliseconds, so that windows ended after 100 samples; and if all
 * samples were dropped, it halved the number in flight instead of the limit. Since 2019 bRPC has a
 * different rule, whose additional allowance ("explore ratio") moves in steps between 6 and 30 %.
 */
public final class BrpcLimit implements Limit {
  private static final double OVERLOAD = 0.4;
  private static final double SMOOTH = 0.9;
  private static final int PEAK_WINDOWS = 50;
  private static final int MOST_SAMPLES = 5;
  private static final long SAMPLING_NANOS = 100_000;
  private static final long RESET_NANOS = 2_000_000_000;

  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(40);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(40);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(Limit.MAX);
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "between updates").defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> SAMPLES =
      Parameter.integer("samples", "samples that a window needs", 1, 1_000_000).defaultsTo(100);
  private static final Parameter<Duration> RESET_INTERVAL =
      Parameter.duration("reset-interval", "longest time between measurements of the least latency")
          .defaultsTo(Duration.ofSeconds(50));

  /** {@code brpc:initial=40,min=40,max=2097151,window=1s,samples=100,reset-interval=50s}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "brpc",
              "least latency times greatest throughput, and some more while requests are fast",
              "Apache bRPC AutoConcurrencyLimiter",
              spec ->
                  new BrpcLimit(
                      spec.get(INITIAL),
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(WINDOW).toNanos(),
                      spec.get(SAMPLES),
                      spec.get(RESET_INTERVAL).toNanos()),
              INITIAL,
              MIN,
              MAX_LIMIT,
              WINDOW,
              SAMPLES,
              RESET_INTERVAL)
          .ordered(List.of(MIN, INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(2 * target.workers()),
                      MIN.at(2 * target.workers()),
                      MAX_LIMIT.at(16 * target.workers()),
                      SAMPLES.at(50)));

  private final int initial;
  private final int min;
  private final int max;
  private final long windowNanos;
  private final int samples;
  private final long resetIntervalNanos;

  private final double[] throughputs = new double[PEAK_WINDOWS];
  private int windows;
  private double peakThroughput = -1;
  private double leastNanos = -1;

  private boolean began;
  private long windowBeganNanos;
  private long lastSampleNanos;
  private int succeeded;
  private int sampledSuccesses;
  private int sampledDrops;
  private double totalNanos;

  private long random = 0x9E3779B97F4A7C15L;
  private long resetAtNanos;
  private boolean resetting;
  private long resetEndsNanos;

  /** Expects {@code 1 <= min <= initial <= max}. */
  public BrpcLimit(
      int initial, int min, int max, long windowNanos, int samples, long resetIntervalNanos) {
    this.initial = initial;
    this.min = min;
    this.max = max;
    this.windowNanos = windowNanos;
    this.samples = samples;
    this.resetIntervalNanos = resetIntervalNanos;
  }

  @Override
  public int initial() {
    return initial;
  }

  @Override
  public int next(int limit, Sample sample) {
    long now = sample.completedNanos();
    succeeded += sample.outcome() == Outcome.SUCCESS ? 1 : 0;
    if (!began) {
      began = true;
      windowBeganNanos = now;
      resetAtNanos = nextReset(now);
    } else if (now - lastSampleNanos < SAMPLING_NANOS) {
      return limit;
    }
    lastSampleNanos = now;
    totalNanos += sample.elapsedNanos();
    if (sample.outcome() == Outcome.SUCCESS) {
      sampledSuccesses++;
    } else {
      sampledDrops++;
    }
    int sampled = sampledSuccesses + sampledDrops;
    boolean over =
        now - windowBeganNanos >= windowNanos || sampled >= (long) MOST_SAMPLES * samples;
    if (sampled < samples || !over) {
      return limit;
    }
    int next = sampledSuccesses == 0 ? inBounds(limit / 2.0) : update(limit, now);
    windowBeganNanos = now;
    succeeded = 0;
    sampledSuccesses = 0;
    sampledDrops = 0;
    totalNanos = 0;
    return next;
  }

  private int update(int limit, long now) {
    double meanNanos = totalNanos / sampledSuccesses;
    observe(meanNanos, 1e9 * succeeded / Math.max(1, now - windowBeganNanos));
    if (resetting && now - resetEndsNanos < 0) {
      return limit;
    }
    resetting = false;
    if (now - resetAtNanos >= 0) {
      leastNanos = -1;
      resetAtNanos = nextReset(now);
      resetting = true;
      resetEndsNanos = now + RESET_NANOS;
      return inBounds(limit / 2.0);
    }
    double needed = Math.ceil(leastNanos * peakThroughput / 1e9);
    double slowness = meanNanos / Math.max(1, leastNanos);
    return inBounds(
        slowness < 1 + OVERLOAD ? Math.ceil(needed * (2 + OVERLOAD - slowness)) : needed);
  }

  /**
   * The peak throughput rises at once, and falls by a tenth of the difference per window after the
   * windows that hold it are forgotten. The least latency falls by a tenth of the difference per
   * window; only a reset lets it rise.
   */
  private void observe(double meanNanos, double throughput) {
    if (leastNanos <= 0) {
      leastNanos = meanNanos;
    } else if (meanNanos < leastNanos) {
      leastNanos = SMOOTH * leastNanos + (1 - SMOOTH) * meanNanos;
    }
    throughputs[windows % PEAK_WINDOWS] = throughput;
    windows++;
    double peak = 0;
    for (int i = 0; i < Math.min(windows, PEAK_WINDOWS); i++) {
      peak = Math.max(peak, throughputs[i]);
    }
    peakThroughput = peak >= peakThroughput ? peak : SMOOTH * peakThroughput + (1 - SMOOTH) * peak;
  }

  private int inBounds(double limit) {
    return (int) Math.max(min, Math.min(max, limit));
  }

  /**
   * Half of the interval plus a random part of the other half. The seed is constant, so runs are
   * reproducible.
   */
  private long nextReset(long now) {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return now + resetIntervalNanos / 2 + (random >>> 1) % Math.max(1, resetIntervalNanos / 2);
  }
}
