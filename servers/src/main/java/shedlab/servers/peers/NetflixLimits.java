package shedlab.servers.peers;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.GradientLimit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limiter;
import shedlab.admission.LimiterGate;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Setting;
import shedlab.spec.Spec;
import shedlab.spec.Target;
import shedlab.strategy.Whole;

/**
 * Netflix concurrency-limits: its {@code SimpleLimiter} under each of its limits, with the
 * library's own defaults, plain and inside its {@code WindowedLimit}.
 *
 * <p>The tuned profiles are those of our limits of the same names, as far as the library has the
 * keys. It has no pace per round trip, and nothing that heeds drops in Gradient2. It has no guard
 * of a probe either, so {@code max} has to hold what a poisoned baseline lets in: Vegas' is half of
 * ours.
 *
 * <p>A learning limit that shrinks leaves more in flight than it now allows until they are done.
 * Vegas and Gradient probe at random moments from an unseeded generator: their runs cannot be
 * repeated exactly.
 */
final class NetflixLimits {
  private static final String SOURCE = "Netflix concurrency-limits ";

  private static final Parameter<Integer> LIMIT = limit("limit", "most in flight");
  private static final Parameter<Integer> MIN = limit("min", "lowest limit");
  private static final Parameter<Integer> MAX = limit("max", "highest limit");
  private static final Parameter<Integer> INITIAL = limit("initial", "the first limit");
  private static final Parameter<Double> SMOOTHING =
      Parameter.real("smoothing", "weight of a new limit", 0.001, 1);
  private static final Parameter<Double> TOLERANCE =
      Parameter.real("tolerance", "growth of latency that is no overload", 1, 100);
  private static final Parameter<Double> RATIO =
      Parameter.real("ratio", "a cut multiplies the limit by this", 0.5, 0.999).defaultsTo(0.9);
  private static final Parameter<Duration> TIMEOUT =
      Parameter.duration("timeout", "a request that takes longer is late")
          .defaultsTo(Duration.ofSeconds(5));

  private static final Parameter<Integer> FROM_20 = INITIAL.defaultsTo(20);
  private static final Parameter<Integer> FROM_50 = INITIAL.defaultsTo(50);
  private static final Parameter<Integer> MIN_1 = MIN.defaultsTo(1);
  private static final Parameter<Integer> MIN_20 = MIN.defaultsTo(20);
  private static final Parameter<Integer> MAX_200 = MAX.defaultsTo(200);
  private static final Parameter<Integer> MAX_1000 = MAX.defaultsTo(1_000);
  private static final Parameter<Double> UNSMOOTHED = SMOOTHING.defaultsTo(1.0);
  private static final Parameter<Double> SMOOTHED = SMOOTHING.defaultsTo(0.2);
  private static final Parameter<Double> TWICE = TOLERANCE.defaultsTo(2.0);
  private static final Parameter<Double> HALF_AS_MUCH = TOLERANCE.defaultsTo(1.5);
  private static final Parameter<Integer> ALPHA =
      Parameter.integer("alpha", "grow while fewer queue, times f", 1, 1000).defaultsTo(3);
  private static final Parameter<Integer> BETA =
      Parameter.integer("beta", "shrink when more queue, times f", 1, 1000).defaultsTo(6);
  private static final Parameter<Integer> PROBE_ROUNDS =
      Parameter.integer("probe", "round trips between probes", 1, 1_000_000).defaultsTo(30);
  private static final Parameter<Integer> PROBE_SAMPLES =
      Parameter.integer("probe", "samples between probes", 1, 1_000_000).defaultsTo(1_000);
  private static final Parameter<Integer> QUEUE =
      Parameter.integer("queue", "permits that are always added", 0, 10_000).defaultsTo(4);
  private static final Parameter<Integer> LONG_WINDOW =
      Parameter.integer("long-window", "samples of the baseline", 10, 1_000_000).defaultsTo(600);
  private static final Duration SHORTEST_WINDOW = Duration.ofMillis(100);
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "between updates", SHORTEST_WINDOW)
          .defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> SAMPLES =
      Parameter.integer("samples", "least number in a window", 10, 1_000_000).defaultsTo(10);

  /** A limit of the library, what can be set of it, and to what for a deadline. */
  record Algorithm(
      String name,
      String idea,
      String library,
      Function<Spec, Limit> make,
      List<Parameter<?>> parameters,
      List<Parameter<Integer>> ascending,
      @Nullable Function<Target, List<Setting<?>>> tuned) {
    Definition<Whole> plain() {
      return new Definition<>(
          "netflix-" + name,
          idea,
          SOURCE + library,
          spec -> whole(spec, make),
          parameters,
          ascending,
          tuned,
          Set.of());
    }

    Definition<Whole> windowed() {
      List<Parameter<?>> all = new ArrayList<>(parameters);
      all.add(WINDOW);
      all.add(SAMPLES);
      return new Definition<>(
          "netflix-" + name + "-windowed",
          idea + ", on the averages of a window",
          SOURCE + library + " in WindowedLimit",
          spec -> whole(spec, inside -> window(inside, make.apply(inside))),
          List.copyOf(all),
          ascending,
          tuned == null ? null : target -> withWindow(tuned.apply(target), target),
          Set.of());
    }

    private static Whole whole(Spec spec, Function<Spec, Limit> limit) {
      return (clock, cpu) -> new LimiterGate(new Simple(limit.apply(spec), clock), clock);
    }

    private static List<Setting<?>> withWindow(List<Setting<?>> settings, Target target) {
      List<Setting<?>> all = new ArrayList<>(settings);
      Duration deadline = target.deadline();
      all.add(WINDOW.at(deadline.compareTo(SHORTEST_WINDOW) < 0 ? SHORTEST_WINDOW : deadline));
      return all;
    }
  }

  static final Algorithm FIXED =
      new Algorithm(
          "fixed",
          "a semaphore: a constant limit",
          "FixedLimit",
          spec -> FixedLimit.of(spec.get(LIMIT)),
          List.of(LIMIT),
          List.of(),
          null);

  static final Algorithm AIMD =
      new Algorithm(
          "aimd",
          "adds permits while requests are fast, cuts when one is late",
          "AIMDLimit",
          spec ->
              AIMDLimit.newBuilder()
                  .initialLimit(spec.get(FROM_20))
                  .minLimit(spec.get(MIN_20))
                  .maxLimit(spec.get(MAX_200))
                  .backoffRatio(spec.get(RATIO))
                  .timeout(spec.get(TIMEOUT).toNanos(), TimeUnit.NANOSECONDS)
                  .build(),
          List.of(FROM_20, MIN_20, MAX_200, RATIO, TIMEOUT),
          List.of(MIN_20, FROM_20, MAX_200),
          target ->
              List.of(
                  FROM_20.at(target.workers()),
                  MIN_20.at(1),
                  MAX_200.at(16 * target.workers()),
                  TIMEOUT.at(target.part(0.5))));

  static final Algorithm VEGAS =
      new Algorithm(
          "vegas",
          "grows while few requests queue, shrinks when many do",
          "VegasLimit",
          spec ->
              VegasLimit.newBuilder()
                  .initialLimit(spec.get(FROM_20))
                  .maxConcurrency(spec.get(MAX_1000))
                  .alphaFunction(limit -> spec.get(ALPHA) * f(limit))
                  .betaFunction(limit -> spec.get(BETA) * f(limit))
                  .smoothing(spec.get(UNSMOOTHED))
                  .probeMultiplier(spec.get(PROBE_ROUNDS))
                  .build(),
          List.of(FROM_20, MAX_1000, ALPHA, BETA, UNSMOOTHED, PROBE_ROUNDS),
          List.of(FROM_20, MAX_1000),
          target ->
              List.of(
                  FROM_20.at(2 * target.workers()),
                  MAX_1000.at(8 * target.workers()),
                  ALPHA.at(6),
                  BETA.at(12)));

  static final Algorithm GRADIENT =
      new Algorithm(
          "gradient",
          "multiplies the limit by least over current latency, plus a queue",
          "GradientLimit",
          spec ->
              GradientLimit.newBuilder()
                  .initialLimit(spec.get(FROM_50))
                  .minLimit(spec.get(MIN_1))
                  .maxConcurrency(spec.get(MAX_1000))
                  .smoothing(spec.get(SMOOTHED))
                  .rttTolerance(spec.get(TWICE))
                  .probeInterval(spec.get(PROBE_SAMPLES))
                  .backoffRatio(spec.get(RATIO))
                  .build(),
          List.of(FROM_50, MIN_1, MAX_1000, SMOOTHED, TWICE, PROBE_SAMPLES, RATIO),
          List.of(MIN_1, FROM_50, MAX_1000),
          target -> List.of(FROM_50.at(2 * target.workers()), MAX_1000.at(4 * target.workers())));

  static final Algorithm GRADIENT2 =
      new Algorithm(
          "gradient2",
          "multiplies the limit by long-term over current latency, plus a queue",
          "Gradient2Limit",
          spec ->
              Gradient2Limit.newBuilder()
                  .initialLimit(spec.get(FROM_20))
                  .minLimit(spec.get(MIN_20))
                  .maxConcurrency(spec.get(MAX_200))
                  .smoothing(spec.get(SMOOTHED))
                  .queueSize(spec.get(QUEUE))
                  .rttTolerance(spec.get(HALF_AS_MUCH))
                  .longWindow(spec.get(LONG_WINDOW))
                  .build(),
          List.of(FROM_20, MIN_20, MAX_200, SMOOTHED, QUEUE, HALF_AS_MUCH, LONG_WINDOW),
          List.of(MIN_20, FROM_20, MAX_200),
          target ->
              List.of(
                  FROM_20.at(2 * target.workers()),
                  MIN_20.at(1),
                  MAX_200.at(4 * target.workers())));

  static final List<Definition<Whole>> DEFINITIONS =
      List.of(
          FIXED.plain(),
          AIMD.plain(),
          VEGAS.plain(),
          GRADIENT.plain(),
          GRADIENT2.plain(),
          AIMD.windowed(),
          VEGAS.windowed(),
          GRADIENT.windowed(),
          GRADIENT2.windowed());

  private NetflixLimits() {}

  private static Parameter<Integer> limit(String key, String idea) {
    return Parameter.integer(key, idea, 1, shedlab.admission.Limit.MAX);
  }

  /** The order of magnitude, of which the library's own alpha and beta are multiples. */
  private static int f(int limit) {
    return Math.max(1, (int) Math.log10(limit));
  }

  private static Limit window(Spec spec, Limit limit) {
    long nanos = spec.get(WINDOW).toNanos();
    return WindowedLimit.newBuilder()
        .minWindowTime(nanos, TimeUnit.NANOSECONDS)
        .maxWindowTime(nanos, TimeUnit.NANOSECONDS)
        .windowSize(spec.get(SAMPLES))
        .build(limit);
  }

  private static final class Simple implements Limiter {
    private final SimpleLimiter<Ticket> limiter;

    Simple(Limit limit, NanoClock clock) {
      limiter = SimpleLimiter.newBuilder().limit(limit).nanoClock(clock::nanos).build();
    }

    @Override
    public @Nullable Permit acquire(Ticket ticket) {
      return limiter
          .acquire(ticket)
          .<Permit>map(listener -> outcome -> release(listener, outcome))
          .orElse(null);
    }

    private static void release(
        com.netflix.concurrency.limits.Limiter.Listener listener, Outcome outcome) {
      switch (outcome) {
        case SUCCESS -> listener.onSuccess();
        case DROPPED -> listener.onDropped();
        case IGNORED -> listener.onIgnore();
      }
    }

    @Override
    public int limit() {
      return limiter.getLimit();
    }
  }
}
