package shedlab.adapter.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import shedlab.admission.Admission;
import shedlab.admission.DryRun;
import shedlab.admission.Shed;

/**
 * Meters of an admission: the counters {@code shedlab.admitted} and {@code shedlab.shed} (by {@code
 * reason}), the gauges {@code shedlab.limit}, {@code shedlab.inflight} and {@code shedlab.waiting};
 * of a {@link DryRun} also {@code shedlab.beyond}. They read the admission when they are read, and
 * cost a request nothing.
 */
public final class GateMetrics implements MeterBinder {
  private final Admission admission;
  private final Tags tags;

  /** Meters with these tags, which tell one gate from another. */
  public GateMetrics(Admission admission, Tags tags) {
    this.admission = admission;
    this.tags = tags;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("shedlab.admitted", admission, gate -> gate.stats().admitted())
        .description("Requests admitted")
        .tags(tags)
        .register(registry);
    for (Shed reason : Shed.values()) {
      FunctionCounter.builder(
              "shedlab.shed", admission, gate -> gate.stats().shed().getOrDefault(reason, 0L))
          .description("Requests shed, by reason")
          .tags(tags)
          .tag("reason", reason.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    gauge(registry, "shedlab.limit", "How many may be in flight", Admission::limit);
    gauge(
        registry,
        "shedlab.inflight",
        "Admitted and not completed",
        gate -> gate.stats().inflight());
    gauge(registry, "shedlab.waiting", "In the backlog", gate -> gate.stats().waiting());
    if (admission instanceof DryRun dryRun) {
      gauge(
          registry,
          "shedlab.beyond",
          "At work though the gate would not have admitted them",
          gate -> dryRun.beyond());
    }
  }

  private void gauge(
      MeterRegistry registry, String name, String meaning, ToDoubleFunction<Admission> value) {
    Gauge.builder(name, admission, value)
        .description(meaning)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }
}
