package shedlab.servers.peers;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.admission.Limiter;
import shedlab.admission.LimiterGate;
import shedlab.admission.NanoClock;
import shedlab.admission.Outcome;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;
import shedlab.strategy.Whole;

/**
 * Helidon 4's concurrency limits, without a queue, as by default: waiting there would park the I/O
 * thread. AIMD has the rule and the defaults of {@code netflix-aimd}, but for drops: it takes a
 * request that was dropped for one still in flight, for ever, and so grows although it is idle. A
 * late request is no drop. The fixed limit's own default is no limit at all.
 *
 * <p>The library needs JDK 21. This is compiled for an older one, so it is looked up by name.
 */
final class HelidonLimits implements Limiter {
  private static final int SINCE = 21;
  private static final String PACKAGE = "io.helidon.common.concurrency.limits.";
  private static final String SOURCE = "Helidon 4 ";
  private static final String NEEDS = ", JDK " + SINCE + " or later";

  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "most in flight", 1, Limit.MAX);
  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MIN =
      Parameter.integer("min", "lowest limit", 1, Limit.MAX).defaultsTo(20);
  private static final Parameter<Integer> MAX =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(200);
  private static final Parameter<Double> RATIO =
      Parameter.real("ratio", "a cut multiplies the limit by this", 0.5, 0.999).defaultsTo(0.9);
  private static final Parameter<Duration> TIMEOUT =
      Parameter.duration("timeout", "a request that takes longer is late")
          .defaultsTo(Duration.ofSeconds(5));

  /** {@code helidon-fixed:limit=N}. */
  static final Definition<Whole> FIXED =
      new Definition<>(
          "helidon-fixed",
          "a semaphore: a constant limit",
          SOURCE + "FixedLimit" + NEEDS,
          spec -> whole("helidon-fixed", "FixedLimit", Map.of("permits", spec.get(LIMIT))),
          LIMIT);

  /** {@code helidon-aimd:initial=20,min=20,max=200,ratio=0.9,timeout=5s}. */
  static final Definition<Whole> AIMD =
      new Definition<Whole>(
              "helidon-aimd",
              "adds permits while requests are fast, cuts when one is late",
              SOURCE + "AimdLimit" + NEEDS,
              spec ->
                  whole(
                      "helidon-aimd",
                      "AimdLimit",
                      Map.of(
                          "initialLimit", spec.get(INITIAL),
                          "minLimit", spec.get(MIN),
                          "maxLimit", spec.get(MAX),
                          "backoffRatio", spec.get(RATIO),
                          "timeout", spec.get(TIMEOUT))),
              INITIAL,
              MIN,
              MAX,
              RATIO,
              TIMEOUT)
          .ordered(List.of(MIN, INITIAL, MAX))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(target.workers()),
                      MIN.at(1),
                      MAX.at(16 * target.workers()),
                      TIMEOUT.at(target.part(0.5))));

  private final Supplier<Optional<?>> tryAcquire;
  private final Consumer<Object> success;
  private final Consumer<Object> dropped;
  private final Consumer<Object> ignore;
  private final Semaphore semaphore;
  private final AtomicInteger taken = new AtomicInteger();

  private HelidonLimits(String type, Map<String, Object> settings, NanoClock clock) {
    try {
      Class<?> limitType = Class.forName(PACKAGE + type);
      Object limit = build(limitType, settings, clock);
      semaphore = (Semaphore) limitType.getMethod("semaphore").invoke(limit);
      tryAcquire = acquiring(limitType, limit);
      success = end("success");
      dropped = end("dropped");
      ignore = end("ignore");
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another version of Helidon than this was written for", e);
    }
  }

  private static Whole whole(String name, String type, Map<String, Object> settings) {
    int release = Runtime.version().feature();
    SpecException.check(
        release >= SINCE, "strategy", name, "JDK " + SINCE + " or later, this is " + release);
    return (clock, cpu) -> new LimiterGate(new HelidonLimits(type, settings, clock), clock);
  }

  private static Object build(Class<?> type, Map<String, Object> settings, NanoClock clock)
      throws ReflectiveOperationException {
    Object builder = type.getMethod("builder").invoke(null);
    Supplier<Long> time = clock::nanos;
    set(builder, "clock", time);
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      set(builder, setting.getKey(), setting.getValue());
    }
    return builder.getClass().getMethod("build").invoke(builder);
  }

  private static void set(Object builder, String name, Object value)
      throws ReflectiveOperationException {
    Method setter =
        Arrays.stream(builder.getClass().getMethods())
            .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException(name));
    setter.invoke(builder, value);
  }

  @SuppressWarnings("unchecked") // that is what it returns
  private static Supplier<Optional<?>> acquiring(Class<?> type, Object limit)
      throws ReflectiveOperationException {
    MethodHandle acquire =
        MethodHandles.publicLookup()
            .findVirtual(type, "tryAcquire", MethodType.methodType(Optional.class, boolean.class));
    return MethodHandleProxies.asInterfaceInstance(
        Supplier.class, MethodHandles.insertArguments(acquire, 0, limit, false));
  }

  @SuppressWarnings("unchecked") // it takes any object and casts it to a token
  private static Consumer<Object> end(String name) throws ReflectiveOperationException {
    MethodHandle end =
        MethodHandles.publicLookup()
            .findVirtual(
                Class.forName(PACKAGE + "LimitAlgorithm$Token"),
                name,
                MethodType.methodType(void.class));
    return MethodHandleProxies.asInterfaceInstance(Consumer.class, end);
  }

  @Override
  public @Nullable Permit acquire(Ticket ticket) {
    Object token = tryAcquire.get().orElse(null);
    if (token == null) {
      return null;
    }
    taken.incrementAndGet();
    return outcome -> release(token, outcome);
  }

  private void release(Object token, Outcome outcome) {
    taken.decrementAndGet();
    switch (outcome) {
      case SUCCESS -> success.accept(token);
      case DROPPED -> dropped.accept(token);
      case IGNORED -> ignore.accept(token);
    }
  }

  /** It cannot be asked for: what is left and what is taken. */
  @Override
  public int limit() {
    return semaphore.availablePermits() + taken.get();
  }
}
