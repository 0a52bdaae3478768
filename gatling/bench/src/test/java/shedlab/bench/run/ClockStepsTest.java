package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import shedlab.bench.machine.ClockSteps;
import shedlab.report.result.Check;

class ClockStepsTest {
  private long wallMicros = 1_700_000_000_000_000L;
  private long nanos = 5_000_000_000L;
  private final ClockSteps steps = new ClockSteps(() -> wallMicros, () -> nanos);

  private void pass(double seconds) {
    wallMicros += (long) (seconds * 1e6);
    nanos += (long) (seconds * 1e9);
  }

  private void set(double seconds) {
    wallMicros += (long) (seconds * 1e6);
  }

  @Test
  void timeThatPassesIsNoStep() {
    pass(60);
    assertThat(steps.seconds()).isCloseTo(0, within(1e-5));
  }

  @Test
  void aStepBelowASecondMakesTheCellInvalid() {
    pass(1);
    set(-0.9);
    pass(1);
    assertThat(steps.seconds()).isCloseTo(0.9, within(1e-5));
    assertThat(Validity.clocks(0.05, steps.seconds()))
        .filteredOn(check -> !check.ok())
        .extracting(Check::name)
        .containsExactly("clock set by, s");
  }

  @Test
  void aStepThatIsTakenBackBeforeTheEndIsSeenWhileTheLoadRuns() {
    set(0.5);
    steps.accept(2.5);
    set(-0.5);
    assertThat(steps.seconds()).isCloseTo(0.5, within(1e-5));
  }

  @Test
  void aClockThatNobodySetIsInStepOnThisMachine() {
    ClockSteps real = new ClockSteps();
    assertThat(Validity.clocks(0, real.seconds())).allMatch(Check::ok);
  }
}
