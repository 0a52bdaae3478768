package shedlab.policer;

import io.quarkus.load.shedding.RequestClassifier;
import io.quarkus.load.shedding.RequestPrioritizer;
import io.quarkus.load.shedding.RequestPriority;
import io.quarkus.load.shedding.runtime.PriorityLoadShedding;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * The second stage of Quarkus' load-shedding extension for comparison. It asks the JVM for the CPU
 * use once a second; here it is told another one, and asks each time.
 */
final class QuarkusTwin {
  private final PriorityLoadShedding original = original();
  private double load;
  private RequestPriority priority = RequestPriority.NORMAL;
  private int cohort;

  QuarkusTwin() {
    Class<?> os = field("os").getType();
    set("os", proxy(os, (proxy, method, arguments) -> load));
    set("requestPrioritizers", List.of(new Prioritizer()));
    set("requestClassifiers", List.of(new Classifier()));
  }

  /** Priorities from 0, the most urgent, to 4; cohorts from 1 to 128. */
  boolean sheds(double cpuLoad, int priorityAsked, int cohortAsked) {
    load = cpuLoad;
    priority = RequestPriority.values()[priorityAsked];
    cohort = cohortAsked;
    set("lastThresholdTime", 0L);
    return original.shedLoad("a request");
  }

  private final class Prioritizer implements RequestPrioritizer<Object> {
    @Override
    public boolean appliesTo(Object request) {
      return true;
    }

    @Override
    public RequestPriority priority(Object request) {
      return priority;
    }
  }

  private final class Classifier implements RequestClassifier<Object> {
    @Override
    public boolean appliesTo(Object request) {
      return true;
    }

    @Override
    public int cohort(Object request) {
      return cohort;
    }
  }

  private void set(String name, Object value) {
    try {
      field(name).set(original, value);
    } catch (ReflectiveOperationException e) {
      throw anotherVersion(e);
    }
  }

  private static Field field(String name) {
    try {
      Field field = PriorityLoadShedding.class.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException e) {
      throw anotherVersion(e);
    }
  }

  /** By reflection, because compiling against its configuration would need half of Quarkus. */
  private static PriorityLoadShedding original() {
    try {
      Constructor<?> constructor = PriorityLoadShedding.class.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      Object config =
          proxy(
              constructor.getParameterTypes()[0],
              (proxy, method, arguments) ->
                  proxy(method.getReturnType(), (part, asked, nothing) -> true));
      return (PriorityLoadShedding) constructor.newInstance(config);
    } catch (ReflectiveOperationException e) {
      throw anotherVersion(e);
    }
  }

  private static Object proxy(Class<?> type, InvocationHandler answers) {
    return Proxy.newProxyInstance(
        QuarkusTwin.class.getClassLoader(), new Class<?>[] {type}, answers);
  }

  private static LinkageError anotherVersion(ReflectiveOperationException e) {
    return new LinkageError("another version than the one compared with", e);
  }
}
