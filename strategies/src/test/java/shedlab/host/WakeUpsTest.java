package shedlab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WakeUpsTest {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  private long now = 7 * MILLI;

  /** What is told if sleeps last as long as the script says. */
  private List<Long> told(long forNanos, long... sleepNanos) {
    PrimitiveIterator.OfLong script = LongStream.of(sleepNanos).iterator();
    var late = new ArrayList<Long>();
    new WakeUps(
            () -> now,
            wanted -> {
              assertThat(wanted).isEqualTo(MILLI);
              now += script.nextLong();
            })
        .until(now + forNanos, late::add);
    assertThat(script.hasNext()).isFalse();
    return late;
  }

  @Test
  void everySleepIsToldByHowMuchTooLongItWas() {
    assertThat(told(3 * MILLI, MILLI + 60 * MICRO, MILLI, MILLI + 70 * MICRO))
        .containsExactly(60 * MICRO, 0L, 70 * MICRO);
  }

  @Test
  void aStallIsToldOnceAndInFull() {
    assertThat(told(45 * MILLI, MILLI, 41 * MILLI, MILLI, 2 * MILLI))
        .containsExactly(0L, 40 * MILLI, 0L, MILLI);
  }

  @Test
  void aSleepThatEndsEarlyIsNotLate() {
    assertThat(told(MILLI, 400 * MICRO, MILLI)).containsExactly(0L, 0L);
  }

  @Test
  void afterItsEndNothingIsToldAnyMore() {
    assertThat(told(0)).isEmpty();
  }

  @Test
  void anInterruptEndsItAndIsNoWakeUp() {
    var late = new ArrayList<Long>();
    new WakeUps(
            () -> now,
            wanted -> {
              now += MILLI / 2;
              Thread.currentThread().interrupt();
            })
        .until(now + 1_000 * MILLI, late::add);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(late).isEmpty();
  }
}
