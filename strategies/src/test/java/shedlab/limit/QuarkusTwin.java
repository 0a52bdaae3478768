package shedlab.limit;

import io.quarkus.load.shedding.runtime.OverloadDetector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import shedlab.admission.Sample;
import shedlab.numbers.Xorshift;

/**
 * The limit of Quarkus' load-shedding extension for comparison. It counts the requests in flight
 * itself; that number is set before each sample. It draws the time of the next probe from the
 * thread's random numbers; that time is overwritten with ours after each draw.
 */
final class QuarkusTwin implements StepForStep.Twin {
  private static final VarHandle REQUESTS = field("currentRequests", AtomicInteger.class);
  private static final VarHandle LIMIT = field("currentLimit", long.class);
  private static final VarHandle DRAWN = field("probeJitter", double.class);

  private final OverloadDetector detector;
  private final Xorshift ours = new Xorshift();
  private double inForce = Double.NaN;

  QuarkusTwin(int initial, int max, int alpha, int beta, int probe) {
    this.detector =
        detector(
            Map.of(
                "initialLimit", initial,
                "maxLimit", max,
                "alphaFactor", alpha,
                "betaFactor", beta,
                "probeFactor", (double) probe));
    redraw();
  }

  @Override
  public int next(Sample sample) {
    ((AtomicInteger) REQUESTS.get(detector)).set(sample.inflight());
    detector.requestEnd(sample.elapsedNanos() / 1_000);
    redraw();
    return Math.toIntExact((long) LIMIT.get(detector));
  }

  private void redraw() {
    if ((double) DRAWN.get(detector) != inForce) {
      inForce = 0.5 + 0.5 * ours.next();
      DRAWN.set(detector, inForce);
    }
  }

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(OverloadDetector.class, MethodHandles.lookup())
          .findVarHandle(OverloadDetector.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another version than the one compared with", e);
    }
  }

  /** By reflection, because compiling against its configuration would need half of Quarkus. */
  private static OverloadDetector detector(Map<String, Object> settings) {
    Constructor<?> constructor = OverloadDetector.class.getConstructors()[0];
    Class<?> type = constructor.getParameterTypes()[0];
    Object config =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> settings.get(method.getName()));
    try {
      return (OverloadDetector) constructor.newInstance(config);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another version than the one compared with", e);
    }
  }
}
