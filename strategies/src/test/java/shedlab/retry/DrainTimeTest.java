package shedlab.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class DrainTimeTest {
  private static final long TICK = 5_000_000;

  private final DrainTime drain = new DrainTime();
  private long now = 7_000;
  private double left;

  @Test
  void nothingIsKnownBeforeTheFirstRequestLeaves() {
    pass(2, 0, 500);

    assertThat(drain.seconds()).isZero();
  }

  @Test
  void itIsWhatIsInsideOverTheRateAtWhichRequestsLeave() {
    pass(3, 100, 500);

    assertThat(drain.seconds()).isCloseTo(5, withinPercentage(1));
  }

  @Test
  void anEmptyGateNeedsNoTime() {
    pass(3, 100, 500);
    pass(0.01, 100, 0);

    assertThat(drain.seconds()).isZero();
  }

  @Test
  void theTimeInWhichItIsEmptyDoesNotCount() {
    pass(3, 100, 500);
    pass(60, 0, 0);
    pass(0.1, 100, 500);

    assertThat(drain.seconds()).isCloseTo(5, withinPercentage(2));
  }

  @Test
  void theFirstRateIsThatOfTheTimeThatIsKnown() {
    pass(0.1, 100, 500);

    assertThat(drain.seconds()).isCloseTo(5, withinPercentage(10));
  }

  @Test
  void itFollowsANewRateWithinSeconds() {
    pass(10, 100, 500);
    pass(1, 20, 500);
    // After one time constant, 1/e of the difference is left: 20 + 80/e per second.
    assertThat(drain.seconds()).isCloseTo(500 / (20 + 80 / Math.E), withinPercentage(5));
    pass(9, 20, 500);

    assertThat(drain.seconds()).isCloseTo(25, withinPercentage(5));
  }

  @Test
  void aServerThatHasStoppedNeedsLongerAndLonger() {
    pass(3, 100, 100);
    double before = drain.seconds();
    pass(2, 0, 100);

    assertThat(drain.seconds()).isCloseTo(before * Math.exp(2), withinPercentage(6));
  }

  @Test
  void twoReadingsAtOneTimeAndATotalThatFallsAreHarmless() {
    pass(3, 100, 500);
    drain.observe(500, (long) left, now);
    drain.observe(500, 0, now + TICK);

    assertThat(drain.seconds()).isCloseTo(5, withinPercentage(2));
  }

  /** So many seconds with a reading every 5 ms. */
  private void pass(double seconds, double perSecond, long inside) {
    long end = now + (long) (seconds * 1e9);
    while (now < end) {
      now += TICK;
      left += perSecond * TICK / 1e9;
      drain.observe(inside, (long) left, now);
    }
  }
}
