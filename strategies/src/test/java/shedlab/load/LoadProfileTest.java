package shedlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import shedlab.load.LoadProfile.Segment;

final class LoadProfileTest {
  @Test
  void aStepIsOneRateAfterAnother() {
    LoadProfile step = LoadProfile.constant(0.5, 20).then(2, 10).then(0.5, 20).scaledBy(400);

    assertThat(step.segments())
        .containsExactly(new Segment(200, 20), new Segment(800, 10), new Segment(200, 20));
    assertThat(step.expectedArrivals()).isEqualTo(16_000);
  }

  @Test
  void aRampHasAsManyArrivalsAsTheStraightLine() {
    LoadProfile ramp = LoadProfile.ramp(100, 300, 10, 4);

    assertThat(ramp.segments()).hasSize(4).startsWith(new Segment(125, 2.5));
    assertThat(ramp.seconds()).isEqualTo(10);
    assertThat(ramp.expectedArrivals()).isCloseTo(2_000, within(1e-9));
  }

  @Test
  void burstsAreARepeatedProfile() {
    LoadProfile bursts = LoadProfile.constant(500, 0.1).then(0, 0.9).times(30);

    assertThat(bursts.seconds()).isCloseTo(30, within(1e-9));
    assertThat(ArrivalSchedule.constant(bursts).countsPer(100_000_000))
        .startsWith(50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 0)
        .hasSize(300);
  }

  @Test
  void repeatingAProfileZeroTimesIsRefused() {
    assertThatThrownBy(() -> LoadProfile.constant(1, 1).times(0))
        .hasMessage("segments: [] (expected: at least one)");
  }
}
