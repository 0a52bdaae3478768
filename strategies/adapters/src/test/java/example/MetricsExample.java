package example;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import shedlab.adapter.ServiceGate;
import shedlab.adapter.micrometer.GateMetrics;

/** What a gate counts, in Micrometer. */
public final class MetricsExample {
  private MetricsExample() {}

  /** Adds the meters of a gate. */
  public static void count(ServiceGate gate, MeterRegistry registry) {
    new GateMetrics(gate.admission(), Tags.of("service", "hello")).bindTo(registry);
  }
}
