package shedlab.simulation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.spec.SpecException;

class DisturbanceTextsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "none"})
  void nothingIsNothing(String text) {
    assertThat(CapacityDrop.read(text)).isEmpty();
    assertThat(Slowdown.read(text)).isEmpty();
    assertThat(Kill.read(text)).isEmpty();
    assertThat(FleetModel.read(text)).isEmpty();
  }

  @Test
  void everyUnitOfTimeIsReadAndTheCanonicalTextReadsBack() {
    assertThat(Slowdown.read("factor=2,at=1min")).contains(new Slowdown(Duration.ofMinutes(1), 2));
    assertThat(Slowdown.read("at=250us,factor=2").orElseThrow()).hasToString("at=250us,factor=2.0");
    CapacityDrop drop = CapacityDrop.read("left=0.5,at=60s,for=500ms").orElseThrow();
    assertThat(drop).hasToString("at=1min,for=500ms,left=0.5");
    assertThat(CapacityDrop.read(drop.toString())).contains(drop);
  }

  @Test
  void aSimulatedServerHasThemAfterTheLeadIn() {
    CapacityDrop drop = CapacityDrop.read("at=5s,for=2s,left=0.25").orElseThrow();
    assertThat(drop.after(Duration.ofSeconds(3)))
        .isEqualTo(Incident.capacity(Duration.ofSeconds(8), Duration.ofSeconds(2), 0.25));
    Incident slow = Slowdown.read("at=5s,factor=4").orElseThrow().after(Duration.ofSeconds(3));
    assertThat(slow.at()).isEqualTo(Duration.ofSeconds(8));
    assertThat(slow.speed()).isEqualTo(0.25);
  }

  @Test
  void aFleetAndAKillReadBackAndHaveAShortForm() {
    FleetModel fleet = FleetModel.read("balance=least-in-flight,proxy=nginx").orElseThrow();
    assertThat(fleet)
        .isEqualTo(new FleetModel(3, FleetModel.Proxy.NGINX, Balancer.LEAST_IN_FLIGHT));
    assertThat(fleet).hasToString("servers=3,proxy=nginx,balance=least-in-flight");
    assertThat(FleetModel.read(fleet.toString())).contains(fleet);
    Kill kill = Kill.read("for=6s,at=60s").orElseThrow();
    assertThat(kill).hasToString("at=1min,for=6s");
    assertThat(kill.after(Duration.ofSeconds(1))).hasToString("at=61s,for=6s");
  }

  @Test
  void aFleetOfOneOrBehindAnUnknownProxyIsRefused() {
    assertThatThrownBy(() -> FleetModel.read("servers=1"))
        .hasMessage("servers: 1 (expected: a whole number from 2 to 16)");
    assertThatThrownBy(() -> FleetModel.read("proxy=envoy"))
        .hasMessage("proxy: envoy (expected: one of haproxy, nginx)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at=5",
        "at=5s,factor=0.5",
        "at=5s",
        "at=0s,factor=2",
        "None",
        "at=5s,factor=2,x=1"
      })
  void whatIsNoSlowdownIsRefused(String text) {
    assertThatThrownBy(() -> Slowdown.read(text)).isInstanceOf(SpecException.class);
  }
}
