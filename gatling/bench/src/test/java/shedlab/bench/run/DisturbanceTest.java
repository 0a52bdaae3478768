package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.setting.Settings;
import shedlab.report.Project;

class DisturbanceTest {
  private static Optional<Disturbance> of(String experiment, Map<String, String> set, double load) {
    Experiment loaded =
        Experiment.load(
            Project.file("gatling/experiments/" + experiment + ".properties"), "default", set);
    return Disturbance.of(loaded.settings(), load);
  }

  @Test
  void aPlateauHasNone() {
    assertThat(of("overload", Map.of(), 5)).isEmpty();
    assertThat(of("bursts", Map.of(), 0.7)).isEmpty();
  }

  @Test
  void aStepLastsAsLongAsTheLoadIsAboveTheCapacity() {
    assertThat(of("step", Map.of(), 2)).contains(new Disturbance(4, 8));
    assertThat(of("step", Map.of(), 0.9)).isEmpty();
    assertThat(of("ramp", Map.of(), 2).orElseThrow().from()).isBetween(8.0, 9.0);
  }

  @Test
  void aColdStartIsOverAsTheLoadBegins() {
    assertThat(of("overload", Map.of("warm-up", "0s"), 2)).contains(new Disturbance(0, 0));
    assertThat(of("step", Map.of("warm-up", "0s"), 2)).contains(new Disturbance(4, 8));
  }

  @Test
  void aDropOfCapacityAndASlowdownAreWhenThePlanSaysSo() {
    assertThat(of("capacity-drop", Map.of(), 0.8)).contains(new Disturbance(5, 10));
    assertThat(of("slowdown", Map.of(), 0.45)).contains(new Disturbance(5, 21));
    assertThat(of("fleet", Map.of(), 0.8)).contains(new Disturbance(7, 15));
  }

  @Test
  void theServerLosesCpuOnceAndGetsItBackOnceEvenIfTheLoadEndsEarly() {
    Settings settings =
        Experiment.load(
                Project.file("gatling/experiments/capacity-drop.properties"), "default", Map.of())
            .settings();
    Optional<Disturbance> planned = Optional.of(new Disturbance(7, 17));
    List<Double> shares = new ArrayList<>();
    try (CpuSwitch cpu = CpuSwitch.of(shares::add, settings, planned)) {
      for (double second = 0; second < 20; second += 0.5) {
        cpu.accept(second);
      }
      assertThat(cpu.actual(planned.get())).isEqualTo(new Disturbance(7, 17));
    }
    assertThat(shares).containsExactly(0.5, 1.0);

    shares.clear();
    try (CpuSwitch cpu = CpuSwitch.of(shares::add, settings, planned)) {
      cpu.accept(7.3);
    }
    assertThat(shares).containsExactly(0.5, 1.0);
  }
}
