package shedlab.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import example.MetricsExample;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;

final class GateMetricsTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void theMetersSayWhatTheGateSays() {
    try (ServiceGate gate = ServiceGate.of("fixed:limit=2+fifo:capacity=1,timeout=60min")) {
      MetricsExample.count(gate, registry);
      Ticket first = enter(gate);
      for (int i = 0; i < 5; i++) {
        enter(gate);
      }

      assertThat(gauge("shedlab.limit")).isEqualTo(2);
      assertThat(gauge("shedlab.inflight")).isEqualTo(2);
      assertThat(gauge("shedlab.waiting")).isEqualTo(1);
      assertThat(registry.find("shedlab.beyond").gauge()).isNull();
      assertThat(count("shedlab.admitted")).isEqualTo(2);
      assertThat(shed(Shed.FULL)).isEqualTo(3);
      assertThat(shed(Shed.LIMIT)).isZero();

      gate.admission().leave(first, Outcome.SUCCESS);
      assertThat(gauge("shedlab.waiting")).isZero();
      assertThat(count("shedlab.admitted")).isEqualTo(3);
    }
  }

  @Test
  void aDryRunAlsoSaysHowManyItLetInBeyondItsGate() {
    try (ServiceGate gate = ServiceGate.dryRun("fixed:limit=2")) {
      MetricsExample.count(gate, registry);
      for (int i = 0; i < 5; i++) {
        enter(gate);
      }

      assertThat(gauge("shedlab.beyond")).isEqualTo(3);
      assertThat(gauge("shedlab.inflight")).isEqualTo(2);
      assertThat(shed(Shed.LIMIT)).isEqualTo(3);
    }
  }

  private static Ticket enter(ServiceGate gate) {
    Ticket ticket =
        new Ticket() {
          @Override
          protected void onAdmitted() {}

          @Override
          protected void onShed(Shed reason) {}
        };
    gate.admission().enter(ticket);
    return ticket;
  }

  private double gauge(String name) {
    return registry.get(name).tag("service", "hello").gauge().value();
  }

  private double count(String name) {
    return registry.get(name).tag("service", "hello").functionCounter().count();
  }

  private double shed(Shed reason) {
    return registry
        .get("shedlab.shed")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .functionCounter()
        .count();
  }
}
