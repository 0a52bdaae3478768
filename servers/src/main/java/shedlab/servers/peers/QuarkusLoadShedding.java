package shedlab.servers.peers;

import io.quarkus.load.shedding.RequestClassifier;
import io.quarkus.load.shedding.RequestPrioritizer;
import io.quarkus.load.shedding.RequestPriority;
import io.quarkus.load.shedding.runtime.OverloadDetector;
import io.quarkus.load.shedding.runtime.PriorityLoadShedding;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.admission.Limiter;
import shedlab.admission.LimiterGate;
import shedlab.admission.NanoClock;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Spec;
import shedlab.strategy.Whole;

/**
 * Quarkus' load-shedding extension (3.33), both stages: {@code OverloadDetector} learns a limit,
 * and of what is above it {@code PriorityLoadShedding} spares the most urgent, the fewer the busier
 * the machine's CPU. As separate pieces they are {@code vegas-quarkus} and {@code cubic}, where the
 * second cannot admit above the limit; here it can.
 *
 * <p>With an idle CPU nobody is refused, however many are in flight; with all CPUs busy nobody is
 * spared. In between, of requests with the default urgency the last is refused from 84 % on. The
 * library looks at the CPU once a second. Two threads that ask at once may both enter over the
 * limit: it looks before it counts.
 *
 * <p>Quarkus asks both in a Vert.x handler, answers 503 and closes the connection. Here the same
 * calls are made by this class. What its container injects is set by reflection: compiling against
 * its configuration would need half of Quarkus. A client's cohort is its hash, always the same.
 */
final class QuarkusLoadShedding implements Limiter {
  /** Whether what the limit refuses may be spared. */
  private enum Priorities {
    /** By the second stage. */
    ON,
    /** Never. */
    OFF
  }

  private static final int MOST_QUEUED = 1000;

  private static final Parameter<Integer> INITIAL =
      Parameter.integer("initial", "the first limit", 1, Limit.MAX).defaultsTo(100);
  private static final Parameter<Integer> MAX_LIMIT =
      Parameter.integer("max", "highest limit", 1, Limit.MAX).defaultsTo(1000);
  private static final Parameter<Integer> ALPHA =
      Parameter.integer("alpha", "grow while fewer queue, times f", 1, MOST_QUEUED).defaultsTo(3);
  private static final Parameter<Integer> BETA =
      Parameter.integer("beta", "shrink when more queue, times f", 1, MOST_QUEUED).defaultsTo(6);
  private static final Parameter<Double> PROBE =
      Parameter.real("probe", "limits' worth of requests between probes", 1, 1_000_000)
          .defaultsTo(30.0);
  private static final Parameter<Priorities> PRIORITY =
      Parameter.choice("priority", "spares the most urgent above the limit", Priorities.class)
          .defaultsTo(Priorities.ON);

  /** {@code quarkus-load-shedding:initial=100,max=1000,alpha=3,beta=6,probe=30.0,priority=on}. */
  static final Definition<Whole> DEFINITION =
      new Definition<Whole>(
              "quarkus-load-shedding",
              "vegas in whole permits, above which the most urgent enter while the CPU is not busy",
              "Quarkus load-shedding extension",
              spec -> (clock, cpu) -> new LimiterGate(new QuarkusLoadShedding(spec, clock), clock),
              INITIAL,
              MAX_LIMIT,
              ALPHA,
              BETA,
              PROBE,
              PRIORITY)
          .ordered(List.of(INITIAL, MAX_LIMIT))
          .tuned(
              target ->
                  List.of(
                      INITIAL.at(2 * target.workers()),
                      MAX_LIMIT.at(target.mostInFlight()),
                      ALPHA.at(Math.min(MOST_QUEUED, target.workers())),
                      BETA.at(Math.min(MOST_QUEUED, 2 * target.workers())),
                      PRIORITY.at(Priorities.OFF)));

  private final OverloadDetector detector;
  private final PriorityLoadShedding shedding;
  private final Field limit;
  private final NanoClock clock;

  QuarkusLoadShedding(Spec spec, NanoClock clock) {
    this.clock = clock;
    InvocationHandler config = configuration(spec);
    try {
      detector = bean(OverloadDetector.class, config);
      limit = field(OverloadDetector.class, "currentLimit");
      shedding = bean(PriorityLoadShedding.class, config);
      field(PriorityLoadShedding.class, "requestPrioritizers")
          .set(shedding, List.of(new Prioritizer()));
      field(PriorityLoadShedding.class, "requestClassifiers")
          .set(shedding, List.of(new Classifier()));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another version of Quarkus than this was written for", e);
    }
  }

  private static InvocationHandler configuration(Spec spec) {
    Map<String, Object> settings =
        Map.of(
            "initialLimit", spec.get(INITIAL),
            "maxLimit", spec.get(MAX_LIMIT),
            "alphaFactor", spec.get(ALPHA),
            "betaFactor", spec.get(BETA),
            "probeFactor", spec.get(PROBE));
    boolean priority = spec.get(PRIORITY) == Priorities.ON;
    return (proxy, method, arguments) ->
        switch (method.getName()) {
          case "priority" -> proxy(method.getReturnType(), (part, asked, none) -> priority);
          default -> settings.get(method.getName());
        };
  }

  private static <T> T bean(Class<T> type, InvocationHandler config)
      throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return type.cast(constructor.newInstance(proxy(constructor.getParameterTypes()[0], config)));
  }

  private static Object proxy(Class<?> type, InvocationHandler answers) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers);
  }

  private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** The second stage, for a test that tells it another CPU use. */
  PriorityLoadShedding shedding() {
    return shedding;
  }

  @Override
  public @Nullable Permit acquire(Ticket ticket) {
    if (detector.isOverloaded() && shedding.shedLoad(ticket)) {
      return null;
    }
    detector.requestBegin();
    long began = clock.nanos();
    return outcome -> detector.requestEnd((clock.nanos() - began) / 1_000);
  }

  @Override
  public int limit() {
    try {
      return (int) limit.getLong(detector);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Prioritizer implements RequestPrioritizer<Ticket> {
    private static final RequestPriority[] MOST_URGENT_FIRST = RequestPriority.values();
    private static final int LEAST_URGENT = 7;

    @Override
    public boolean appliesTo(Object request) {
      return true;
    }

    @Override
    public RequestPriority priority(Ticket ticket) {
      int urgency = Math.max(0, Math.min(LEAST_URGENT, ticket.urgency()));
      return MOST_URGENT_FIRST[(urgency + 1) / 2]; // as in cubic: 0, 1 to 2, 3 to 4, 5 to 6, 7
    }
  }

  private static final class Classifier implements RequestClassifier<Ticket> {
    @Override
    public boolean appliesTo(Object request) {
      return true;
    }

    @Override
    public int cohort(Ticket ticket) {
      return Long.hashCode(ticket.client());
    }
  }
}
