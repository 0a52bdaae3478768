package shedlab.bench.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UnqueuedTest {
  @Test
  void inAQueueOfTheoryTheServiceTimeIsFound() {
    // M/M/1 at one half: a request of 10 ms takes 20 ms, and both are exponential.
    Unqueued found = Unqueued.of(20_000, 20_000.0 * 20_000, 50 / 1e6, 1);

    assertThat(found.meanMicros()).isCloseTo(10_000, within(1.0));
    assertThat(found.variation()).isCloseTo(1, within(0.01));
  }

  @Test
  void durationsOfAnIdleServiceAreItsServiceTimes() {
    Unqueued found = Unqueued.of(20_000, 10_000.0 * 10_000, 0, 4);

    assertThat(found.meanMicros()).isEqualTo(20_000);
    assertThat(found.variation()).isEqualTo(0.5);
  }

  @Test
  void noTaskIsLongerThanTheCoresHaveTimeFor() {
    Unqueued found = Unqueued.of(500_000, 1e11, 100 / 1e6, 2);

    assertThat(found.meanMicros()).isBetween(10_000.0, 20_000.0);
  }
}
