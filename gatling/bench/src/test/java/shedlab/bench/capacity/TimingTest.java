package shedlab.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.bench.experiment.Plans;
import shedlab.report.Project;

class TimingTest {
  private static final Plan PLAN =
      Plans.of(
          Experiment.load(
              Project.file("gatling/experiments/overload.properties"),
              "default",
              Map.of("loads", "1", "repeats", "1", "precision", "none")),
          1);
  private static final Timing TIMING = new Timing(PLAN, Objective.of("p99<=250ms,shed<=1%"));

  @Test
  void aWindowIsLongEnoughForTheRequestsThatThePercentileNeeds() {
    assertThat(TIMING.window(250, 1, Search.Kind.PROBE)).isEqualTo(5);
    assertThat(TIMING.window(250, 0.5, Search.Kind.PROBE)).isEqualTo(10);
    assertThat(TIMING.window(250, 2, Search.Kind.PROBE)).isEqualTo(5);
    assertThat(TIMING.window(250, 1, Search.Kind.CONFIRMATION)).isEqualTo(15);
    assertThat(TIMING.window(250, 0.125, Search.Kind.CONFIRMATION)).isEqualTo(37);
    assertThat(TIMING.load(250, 1, Search.Kind.PROBE)).isEqualTo(6);
  }

  /** Of three minutes, a calibration that is repeated leaves enough for a search, or is not. */
  @Test
  void aCalibrationIsRepeatedOnlyIfTheShortestSearchStillFits() {
    double shortest = TIMING.start() + (1 + 10) + (1 + 15) + 2 * Probing.OVERHEAD_SECONDS;

    assertThat(TIMING.affords(Duration.ofSeconds(50), 50 + shortest, 250)).isTrue();
    assertThat(TIMING.affords(Duration.ofSeconds(51), 50 + shortest, 250)).isFalse();
    assertThat(CapacitySearch.TIME.toSeconds()).isGreaterThan((long) (50 + 50 + shortest));
  }

  @Test
  void everyServerAndStrategyIsSearchedOnce() {
    assertThat(CapacitySearch.searches(PLAN)).isEqualTo(3 * 4);
  }
}
