package shedlab.simulation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossSystemTest {
  @Test
  void isErlangBWhenEveryPermitHasACore() {
    // Erlang B of 4 servers, from published tables: B(4, 8) = 0.5746, B(4, 3.6) = 0.2707.
    assertThat(LossSystem.shedShare(4, 4, 8)).isCloseTo(0.5746, within(5e-5));
    assertThat(LossSystem.shedShare(4, 4, 3.6)).isCloseTo(0.2707, within(5e-5));
    assertThat(LossSystem.shedShare(1, 1, 0.5)).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void isTheBirthDeathSolutionOfProcessorSharingWhenPermitsOutnumberCores() {
    // One core: p(n) = (1 - r) r^n / (1 - r^(K+1)).
    double r = 0.9;
    assertThat(LossSystem.shedShare(1, 4, r))
        .isCloseTo((1 - r) * Math.pow(r, 4) / (1 - Math.pow(r, 5)), within(1e-12));
    assertThat(LossSystem.shedShare(4, 8, 8)).isCloseTo(0.5041, within(5e-5));
  }

  @Test
  void shedsWhatExceedsTheCapacityWhenPermitsAreMany() {
    assertThat(LossSystem.shedShare(2, 10_000, 4)).isCloseTo(0.5, within(1e-9));
    assertThat(LossSystem.shedShare(2, 10_000, 1)).isCloseTo(0, within(1e-9));
  }
}
