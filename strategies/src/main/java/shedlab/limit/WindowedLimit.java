package shedlab.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Setting;
import shedlab.spec.Target;

/**
 * Any limit, updated once per window instead of once per request. It gets the average or a quantile
 * of the window's times, the most in flight, and whether any request was dropped. Netflix
 * concurrency-limits' {@code WindowedLimit}.
 *
 * <p>Windows remove the noise that per-request limits mistake for a queue, and they slow every
 * reaction: what the inner limit counts in requests (probes, averages) it now counts in windows. A
 * window with too few requests is discarded; the very first request is a window by itself. Requests
 * faster than {@code floor} are ignored, even dropped ones.
 *
 * <p>A quantile is taken from the first 1,000 requests of a window. The original then ignores the
 * drops and the in-flight counts of all later requests; here they count.
 */
public final class WindowedLimit implements Limit {
  private static final int KEPT = 1_000;

  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "length of a window").defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> SAMPLES =
      Parameter.integer("samples", "a window with fewer requests is discarded", 1, KEPT)
          .defaultsTo(10);
  private static final Parameter<Duration> FLOOR =
      Parameter.durationOrNone("floor", "faster requests are ignored")
          .defaultsTo(Duration.ofNanos(100_000));
  private static final Parameter<Double> QUANTILE =
      Parameter.real("quantile", "quantile that represents the window; 0: the average", 0, 1)
          .defaultsTo(0.0);

  private final Limit inner;
  private final long windowNanos;
  private final int samples;
  private final long floorNanos;
  private final Window window;

  private boolean opened;
  private long endNanos;

  /**
   * Collects windows for a limit that nothing else calls.
   *
   * @param quantile in {@code [0, 1]}; zero: the average
   */
  public WindowedLimit(
      Limit inner, long windowNanos, int samples, long floorNanos, double quantile) {
    this.inner = inner;
    this.windowNanos = windowNanos;
    this.samples = samples;
    this.floorNanos = floorNanos;
    this.window = new Window(quantile);
  }

  /** {@code <name>-windowed}: the parameters of the limit, then those of the window. */
  public static Definition<Limit> around(Definition<Limit> inner) {
    List<Parameter<?>> parameters = new ArrayList<>(inner.parameters());
    parameters.addAll(List.of(WINDOW, SAMPLES, FLOOR, QUANTILE));
    Definition<Limit> windowed =
        new Definition<>(
            inner.name() + "-windowed",
            inner.idea() + "; once per window",
            inner.source() + "; Netflix concurrency-limits WindowedLimit",
            spec ->
                new WindowedLimit(
                    inner.make(spec),
                    spec.get(WINDOW).toNanos(),
                    spec.get(SAMPLES),
                    spec.get(FLOOR).toNanos(),
                    spec.get(QUANTILE)),
            List.copyOf(parameters),
            inner.ascending(),
            null,
            inner.traits());
    Function<Target, List<Setting<?>>> tuned = inner.tuned();
    return tuned == null ? windowed : windowed.tuned(target -> tuned(tuned.apply(target), target));
  }

  private static List<Setting<?>> tuned(List<Setting<?>> inner, Target target) {
    List<Setting<?>> settings = new ArrayList<>(inner);
    settings.add(WINDOW.at(target.part(1)));
    return settings;
  }

  @Override
  public int initial() {
    return inner.initial();
  }

  @Override
  public boolean learns() {
    return inner.learns();
  }

  @Override
  public int next(int limit, Sample sample) {
    if (sample.elapsedNanos() < floorNanos) {
      return limit;
    }
    window.add(sample);
    if (opened && sample.completedNanos() - endNanos <= 0) {
      return limit;
    }
    opened = true;
    endNanos = sample.completedNanos() + windowNanos;
    int next = window.count >= samples ? inner.next(limit, window) : limit;
    window.clear();
    return next;
  }

  /** The requests of one window as one sample; reused for every window. */
  private static final class Window implements Sample {
    private final double quantile;
    private final long[] ascending;

    private int count;
    private double waited;
    private double elapsed;
    private double service;
    private double cpu;
    private int inflight;
    private Outcome outcome = Outcome.SUCCESS;
    private long completedNanos;

    Window(double quantile) {
      this.quantile = quantile;
      this.ascending = new long[quantile > 0 ? KEPT : 0];
    }

    void add(Sample sample) {
      keep(sample.elapsedNanos());
      count++;
      waited += (double) sample.waitedNanos();
      elapsed += (double) sample.elapsedNanos();
      service += (double) sample.serviceNanos();
      cpu += (double) sample.cpuNanos();
      inflight = Math.max(inflight, sample.inflight());
      completedNanos = sample.completedNanos();
      if (sample.outcome() == Outcome.DROPPED) {
        outcome = Outcome.DROPPED;
      }
    }

    private void keep(long nanos) {
      if (count < ascending.length) {
        int found = Arrays.binarySearch(ascending, 0, count, nanos);
        int place = found < 0 ? -found - 1 : found;
        System.arraycopy(ascending, place, ascending, place + 1, count - place);
        ascending[place] = nanos;
      }
    }

    void clear() {
      count = 0;
      waited = 0;
      elapsed = 0;
      service = 0;
      cpu = 0;
      inflight = 0;
      outcome = Outcome.SUCCESS;
    }

    @Override
    public long completedNanos() {
      return completedNanos;
    }

    @Override
    public long waitedNanos() {
      return (long) (waited / count);
    }

    @Override
    public long elapsedNanos() {
      if (ascending.length == 0) {
        return (long) (elapsed / count);
      }
      int kept = Math.min(count, ascending.length);
      return ascending[(int) Math.max(1, Math.round(kept * quantile)) - 1];
    }

    @Override
    public long serviceNanos() {
      return (long) (service / count);
    }

    @Override
    public long cpuNanos() {
      return (long) (cpu / count);
    }

    @Override
    public int inflight() {
      return inflight;
    }

    @Override
    public Outcome outcome() {
      return outcome;
    }
  }
}
