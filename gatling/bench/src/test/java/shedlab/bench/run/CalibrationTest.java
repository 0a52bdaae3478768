package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  @Test
  void aTaskThatTakesLongerThanTheDeadlineEvenAloneIsWarnedOf() {
    assertThat(Calibration.tooLong("mine", 1.25, DEADLINE))
        .hasValue(
            "a task alone takes 1250 ms on mine, and the deadline is 1000 ms: no answer will be in"
                + " time; make it smaller with task or task-units");
  }

  @Test
  void aTaskThatIsInTimeIsNot() {
    assertThat(Calibration.tooLong("mine", 1, DEADLINE)).isEmpty();
  }
}
