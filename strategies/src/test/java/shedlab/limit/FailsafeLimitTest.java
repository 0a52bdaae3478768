package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Limit;
import shedlab.admission.TestSample;

class FailsafeLimitTest extends LimitContract {
  private static final long MS = 1_000_000;

  private long now;

  @Override
  protected Limit fresh() {
    return new FailsafeLimit(20, 2, 50, 5, 0.9, 1_000_000, 5, 10, 50);
  }

  @Override
  protected int least() {
    return 2;
  }

  @Override
  protected int greatest() {
    return 50;
  }

  @Override
  protected boolean shrinksPerSample() {
    return false;
  }

  private static Limit limiter() {
    return new FailsafeLimit(20, 1, 200, 5, 0.9, MS, 2, 10, 50);
  }

  /** A window of two completions; returns the limit after it. */
  private int window(Limit failsafe, int limit, int inflight, double elapsedMillis) {
    int next = limit;
    for (int i = 0; i < 2; i++) {
      now += 1_000 * MS;
      next = failsafe.next(next, TestSample.success(now, (long) (elapsedMillis * MS), inflight));
    }
    return next;
  }

  @Test
  void growsOneStepAWindowWhileNothingGetsSlower() {
    Limit failsafe = limiter();

    assertThat(window(failsafe, 20, 10, 10)).isEqualTo(21); // no queue, below 3
    assertThat(window(failsafe, 21, 10, 10)).isEqualTo(22);
  }

  @Test
  void neverExceedsAMultipleOfWhatIsInFlight() {
    assertThat(window(limiter(), 20, 4, 10)).isEqualTo(19); // 21 is more than 5 * 4
    assertThat(window(limiter(), 20, 5, 10)).isEqualTo(21); // and not more than 5 * 5
  }

  @Test
  void holdsBetweenThreeAndSixAndShrinksAboveSix() {
    Limit failsafe = limiter();
    for (int i = 0; i < 5; i++) {
      window(failsafe, 20, 10, 10);
    }
    // Medians of the last five: 10, 10, 20 ...; plain averages of those over all windows so far.
    // Window 8: median 20, recent (7 * 10 + 20) / 8 = 11.25, baseline (7 * 10 + 11.25) / 8 = 10.16.
    window(failsafe, 20, 10, 20);
    window(failsafe, 20, 10, 20);
    assertThat(window(failsafe, 20, 10, 20)).isEqualTo(21); // ceil(20 * (1 - 0.903)) = 2: grow
    // Window 9: recent 12.22, baseline 10.39: ceil(20 * 0.150) = 3: hold.
    assertThat(window(failsafe, 20, 10, 20)).isEqualTo(20);
    for (int i = 0; i < 2; i++) {
      window(failsafe, 20, 10, 200);
    }
    // Three of five at 200: the recent average jumps by a third of the way, the baseline by a
    // fifth.
    assertThat(window(failsafe, 20, 10, 200)).isEqualTo(19);
  }

  /** Twice as many in flight take four times as long: throughput falls. */
  @Test
  void aFullLimitShrinksIfMoreInFlightWentWithLessThroughput() {
    assertThat(afterARise(16, 2)).isEqualTo(15);
    assertThat(afterARise(20, 2)).as("not full").isGreaterThanOrEqualTo(20);
  }

  /** Throughput is flat, time follows what is in flight: beyond the knee. */
  @Test
  void aFullLimitShrinksIfMoreInFlightOnlyTakesLonger() {
    assertThat(afterARise(16, 1)).isEqualTo(15);
    assertThat(afterARise(20, 1)).as("not full").isGreaterThanOrEqualTo(20);
  }

  /** Throughput follows what is in flight, but by less than a fifth, and times follow it too. */
  @Test
  void aFullLimitShrinksIfMoreInFlightBringsLittle() {
    assertThat(afterARise(16, 0.5)).isEqualTo(15);
    assertThat(afterARise(20, 0.5)).as("not full").isGreaterThanOrEqualTo(20);
  }

  @Test
  void aFullLimitGrowsIfMoreInFlightBringsAsMuch() {
    assertThat(afterARise(16, 0)).isEqualTo(17);
  }

  /** The fourth of four is taken as it is: recent 32.5, baseline 15.6, ceil(20 * 0.52) = 11. */
  @Test
  void outliersCountUntilFiveWindowsAreKnown() {
    Limit failsafe = limiter();
    for (int i = 0; i < 3; i++) {
      window(failsafe, 20, 10, 10);
    }
    assertThat(window(failsafe, 20, 10, 100)).isEqualTo(19);
  }

  @Test
  void theMedianOfFiveForgetsAnOutlier() {
    Limit failsafe = limiter();
    for (int i = 0; i < 4; i++) {
      window(failsafe, 20, 10, 10);
    }
    assertThat(window(failsafe, 20, 10, 100)).isEqualTo(21);
  }

  @Test
  void stepsGrowWithTheLimit() {
    assertThat(window(limiter(), 100, 90, 10)).isEqualTo(102); // log10: 2
    assertThat(window(limiter(), 99, 90, 10)).isEqualTo(100);
  }

  /** In flight has risen slowly from 12 to 16, and times with this power of it. */
  private int afterARise(int limit, double power) {
    Limit failsafe = limiter();
    for (int i = 0; i < 50; i++) {
      int inflight = 12 + i / 12;
      window(failsafe, limit, inflight, Math.pow(inflight, power));
    }
    return window(failsafe, limit, 16, Math.pow(16, power));
  }

  @Test
  void aDropTeachesNothing() {
    Limit failsafe = limiter();
    now += 1;
    assertThat(failsafe.next(20, TestSample.dropped(now, 10 * MS, 20))).isEqualTo(20);
    now += 1_000 * MS;
    assertThat(failsafe.next(20, TestSample.dropped(now, 10 * MS, 20))).isEqualTo(20);
  }
}
