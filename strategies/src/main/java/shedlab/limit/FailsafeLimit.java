package shedlab.limit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.numbers.Histogram;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * failsafe-go's adaptive limiter: Vegas on smoothed quantiles, restrained by correlations. It
 * estimates the queue by how far recent times (a quantile of each window, then the median of five,
 * then an average) are above their long-term average. While all permits are in use, the limit also
 * shrinks if more requests in flight came with less throughput, or with longer times and hardly
 * more throughput.
 *
 * <p>Two differences from the original. The quantile comes from a histogram with 1.6 % error
 * instead of a t-digest. And all permits count as in use if the last request of the window took the
 * last permit when it was admitted; the original looks at its semaphore when the window ends. The
 * original's queueing, priorities and usage tracking are left out: they are a backlog's task.
 *
 * <p>The limit moves by one step per window of at least a second. From 20 down to the number of
 * cores of a small machine takes tens of seconds; the tuned profile starts near that number. The
 * baseline follows the load: after ten windows of overload slow requests are normal, none seems to
 * queue, and only the correlations restrain the limit (failsafe-go issue 127).
 *
 * <p>Tuned, {@code max} is three tasks for each core: without the service time no more is safe. Its
 * worst regret in the league is 36 points (4 cores, tasks of 83 ms, lognormal:cv=0.5, 3x).
 */
public final class FailsafeLimit implements Limit {
  private static final int HISTOGRAM_BITS = 5;
  private static final int MEDIAN_OF = 5;
  private static final int WARM_UP = 10;
  private static final int RECENT_AGE = 5;

  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(1);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(200);
  private static final Parameter<Double> FACTOR =
      Parameter.real("factor", "greatest multiple of the requests in flight", 1, 1_000)
          .defaultsTo(5.0);
  private static final Parameter<Double> QUANTILE =
      Parameter.real("quantile", "quantile of a window's elapsed times", 0, 1).defaultsTo(0.9);
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "shortest window").defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> SAMPLES =
      Parameter.integer("samples", "samples that a window needs", 1, 1_000_000).defaultsTo(50);
  private static final Parameter<Integer> BASELINE =
      Parameter.integer("baseline", "windows in the long-term average", 1, 10_000).defaultsTo(10);
  private static final Parameter<Integer> CORRELATION =
      Parameter.integer("correlation", "windows that the correlations cover", 2, 10_000)
          .defaultsTo(50);

  /** {@code failsafe:initial=20,min=1,max=200,factor=5.0,quantile=0.9,window=1s,...}. */
  public static final Definition<Limit> DEFINITION =
      new Definition<Limit>(
              "failsafe",
              "Vegas on smoothed quantiles; shrinks if more in flight brings no more throughput",
              "failsafe-go adaptivelimiter",
              spec ->
                  new FailsafeLimit(
                      spec.get(INITIAL),
                      spec.get(MIN),
                      spec.get(MAX_LIMIT),
                      spec.get(FACTOR),
                      spec.get(QUANTILE),
                      spec.get(WINDOW).toNanos(),
                      spec.get(SAMPLES),
                      spec.get(BASELINE),
                      spec.get(CORRELATION)),
              INITIAL,
              MIN,
              MAX_LIMIT,
              FACTOR,
              QUANTILE,
              WINDOW,
              SAMPLES,
              BASELINE,
              CORRELATION)
          .ordered(List.of(MIN, INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(2 * target.workers()),
                      MIN.at(target.workers()),
                      MAX_LIMIT.at(target.mostInFlight())));

  private static final long LONGEST_WINDOW_NANOS = 30_000_000_000L;

  private final int initial;
  private final int min;
  private final int max;
  private final double factor;
  private final double quantile;
  private final long windowNanos;
  private final int samples;

  private final Histogram elapsed = new Histogram(HISTOGRAM_BITS);
  private long leastNanos = Long.MAX_VALUE;
  private int mostInflight;
  private boolean began;
  private long windowEndsNanos;

  private final double[] lastQuantiles = new double[MEDIAN_OF];
  private final double[] sorted = new double[MEDIAN_OF];
  private int quantiles;
  private final Average recent;
  private final Average baseline;
  private final Correlation throughputs;
  private final Correlation times;

  /** Expects {@code 1 <= min <= initial <= max}. */
  public FailsafeLimit(
      int initial,
      int min,
      int max,
      double factor,
      double quantile,
      long windowNanos,
      int samples,
      int baselineWindows,
      int correlationWindows) {
    this.initial = initial;
    this.min = min;
    this.max = max;
    this.factor = factor;
    this.quantile = quantile;
    this.windowNanos = windowNanos;
    this.samples = samples;
    this.recent = new Average(RECENT_AGE);
    this.baseline = new Average(baselineWindows);
    this.throughputs = new Correlation(correlationWindows);
    this.times = new Correlation(correlationWindows);
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
      windowEndsNanos = now;
    }
    if (sample.outcome() == Outcome.SUCCESS) {
      elapsed.record(sample.elapsedNanos());
      leastNanos = Math.min(leastNanos, sample.elapsedNanos());
      mostInflight = Math.max(mostInflight, sample.inflight());
    }
    if (now - windowEndsNanos <= 0 || elapsed.total() < samples) {
      return limit;
    }
    int next = update(limit, sample.inflight() >= limit);
    long length = Math.max(windowNanos, Math.min(leastNanos, LONGEST_WINDOW_NANOS) * 2);
    windowEndsNanos = now + Math.min(length, LONGEST_WINDOW_NANOS);
    elapsed.clear();
    leastNanos = Long.MAX_VALUE;
    mostInflight = 0;
    return next;
  }

  private int update(int limit, boolean full) {
    double recentNanos = recent.add(median(elapsed.quantile(quantile)));
    double baselineNanos = baseline.add(recentNanos);
    int queue = (int) Math.ceil(limit * (1 - baselineNanos / Math.max(1, recentNanos)));
    double byThroughput = throughputs.add(mostInflight, mostInflight / Math.max(1, recentNanos));
    double byTime = times.add(mostInflight, recentNanos);

    int step = Math.max(1, (int) StrictMath.log10(limit));
    boolean overloaded =
        queue > 6 * step
            || (full && byThroughput < 0)
            || (full && byThroughput < 0.3 && byTime > 0.5)
            || (full && throughputs.variationOfY() < 0.2 && byTime > 0.5);
    int next = overloaded ? limit - step : queue < 3 * step ? limit + step : limit;
    if (next > factor * mostInflight) {
      next = limit - step;
    }
    return Math.max(min, Math.min(max, next));
  }

  /** The median of the last five; the newest while fewer are known. */
  private double median(double newest) {
    lastQuantiles[quantiles % MEDIAN_OF] = newest;
    quantiles++;
    if (quantiles < MEDIAN_OF) {
      return newest;
    }
    System.arraycopy(lastQuantiles, 0, sorted, 0, MEDIAN_OF);
    Arrays.sort(sorted);
    return sorted[MEDIAN_OF / 2];
  }

  /** A plain mean of the first values, then an exponential average. */
  private static final class Average {
    private final double weight;
    private int values;
    private double sum;
    private double average;

    Average(int age) {
      this.weight = 2.0 / (age + 1);
    }

    double add(double value) {
      values = Math.min(values + 1, WARM_UP + 1);
      if (values <= WARM_UP) {
        sum += value;
        average = sum / values;
      } else {
        average += weight * (value - average);
      }
      return average;
    }
  }

  /**
   * Pearson's correlation of the last pairs; 0 while there are fewer than ten, or if x or y hardly
   * varies.
   */
  private static final class Correlation {
    private static final double LEAST_VARIATION = 0.01;

    private final double[] xs;
    private final double[] ys;
    private int pairs;
    private double variationOfY = 1;

    Correlation(int windows) {
      this.xs = new double[windows];
      this.ys = new double[windows];
    }

    double add(double x, double y) {
      xs[pairs % xs.length] = x;
      ys[pairs % ys.length] = y;
      pairs++;
      int n = Math.min(pairs, xs.length);
      double meanX = mean(xs, n);
      double meanY = mean(ys, n);
      double xx = 0;
      double yy = 0;
      double xy = 0;
      for (int i = 0; i < n; i++) {
        xx += (xs[i] - meanX) * (xs[i] - meanX);
        yy += (ys[i] - meanY) * (ys[i] - meanY);
        xy += (xs[i] - meanX) * (ys[i] - meanY);
      }
      double variationOfX = Math.sqrt(xx / n) / meanX;
      variationOfY = Math.sqrt(yy / n) / meanY;
      boolean silent =
          n < WARM_UP || !(variationOfX >= LEAST_VARIATION && variationOfY >= LEAST_VARIATION);
      return silent ? 0 : xy / Math.sqrt(xx * yy);
    }

    double variationOfY() {
      return variationOfY;
    }

    private static double mean(double[] values, int n) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += values[i];
      }
      return sum / n;
    }
  }
}
