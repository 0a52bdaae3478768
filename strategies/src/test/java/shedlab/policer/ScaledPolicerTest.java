package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Policer;

class ScaledPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long PERIOD = 250 * MS;
  private static final int MANY = 20_000;

  @Override
  protected Policer fresh() {
    return new ScaledPolicer(0.8, 0.95, PERIOD, 0.95);
  }

  @Test
  void theDefaultsAreThoseOfEnvoysExample() {
    assertThat(ScaledPolicer.DEFINITION.parse(""))
        .hasToString("scaled:scaling=0.8,saturation=0.95,period=250ms,keep=0.95");
  }

  private static double shareShed(Policer scaled, View view, long now) {
    int shed = 0;
    for (int i = 0; i < MANY; i++) {
      shed += scaled.admits(arrival(now), view, now) ? 0 : 1;
    }
    return (double) shed / MANY;
  }

  /** {@code (load - 0.8) / 0.15}; nothing of the average is kept. */
  @ParameterizedTest(name = "load {0}: {1}")
  @CsvSource({"0.5, 0", "0.8, 0", "0.83, 0.2", "0.875, 0.5", "0.92, 0.8", "0.95, 1", "1.0, 1"})
  void shedsInProportionToTheLoadAboveTheScalingThreshold(double load, double share) {
    Policer scaled = new ScaledPolicer(0.8, 0.95, PERIOD, 0);
    View view = new View();
    view.inflight = 1;
    scaled.admits(arrival(0), view, 0);
    view.cpuNanos = (long) (load * PERIOD);

    assertThat(shareShed(scaled, view, PERIOD)).isCloseTo(share, within(0.015));
  }

  /**
   * After n readings of a full CPU the average is 1 - 0.95^n: 0.796 after 31, 0.806 after 32 and so
   * 0.04 of the way from 0.8 to 0.95; 0.9489 after 58 and 0.9515 after 59.
   */
  @Test
  void theAverageFollowsSlowly() {
    Policer scaled = fresh();
    View view = new View();
    view.inflight = 1;
    double[] shed = new double[60];
    for (int reading = 0; reading < 60; reading++) {
      shed[reading] = shareShed(scaled, view, reading * PERIOD);
      view.cpuNanos += PERIOD;
    }

    assertThat(shed[31]).isZero();
    assertThat(shed[32]).isCloseTo(0.04, within(0.01));
    assertThat(shed[45]).isCloseTo((1 - Math.pow(0.95, 45) - 0.8) / 0.15, within(0.015));
    assertThat(shed[58]).isBetween(0.98, 0.9999);
    assertThat(shed[59]).isEqualTo(1);
  }

  /** The host gets a hundredth of the CPU, and a neighbour all the rest, work or no work. */
  @Test
  void aNeighbourThatLeavesNothingDoesNotCloseItForEver() {
    Policer scaled = new ScaledPolicer(0.8, 0.95, PERIOD, 0);
    View view = new View();
    scaled.admits(arrival(0), view, 0);
    view.cpuNanos = PERIOD / 100;
    view.deniedNanos = PERIOD - PERIOD / 100;
    assertThat(scaled.admits(arrival(PERIOD), view, PERIOD)).as("finds the gate empty").isTrue();
    view.inflight = 1;
    assertThat(scaled.admits(arrival(PERIOD), view, PERIOD)).isFalse();
  }
}
