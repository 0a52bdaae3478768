package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;

class GoZeroPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  @Override
  protected Policer fresh() {
    return new GoZeroPolicer(0.9, 250 * MS, 0.95, 5 * SECOND, 50);
  }

  /** 1 - 0.5 * 0.95^n >= 0.9: n = 31.4, so 32 quarters of a second. */
  @Test
  void takesEightSecondsToNoticeAStepFromHalfToFull() {
    Policer goZero = fresh();
    View view = new View();
    long now = 0;
    while (now < 60 * SECOND) {
      now += 50 * MS;
      view.cpuNanos += 25 * MS;
      complete(goZero, now, 10 * MS);
      assertThat(goZero.admits(arrival(now), view, now)).isTrue();
    }
    long step = now;
    view.inflight = 1_000;
    while (goZero.admits(arrival(now), view, now)) {
      now += 50 * MS;
      view.cpuNanos += 50 * MS;
      complete(goZero, now, 10 * MS);
    }
    assertThat((now - step) / (double) SECOND).isCloseTo(8, within(0.4));
  }

  @Test
  void aMomentOfManyInFlightIsForgiven() {
    GoZeroPolicer goZero = new GoZeroPolicer(0.9, 10 * MS, 0, 5 * SECOND, 50);
    View view = new View();
    goZero.admits(arrival(0), view, 0);
    for (long now = 0; now < 2 * SECOND; now += 10 * MS) {
      complete(goZero, now, 10 * MS);
    }
    view.cpuNanos = 2 * SECOND;
    view.inflight = 100;
    assertThat(goZero.admits(arrival(0), view, 2 * SECOND)).as("the average is low").isTrue();
    for (int i = 0; i < 50; i++) {
      complete(goZero, 2 * SECOND, 10 * MS);
      goZero.admits(arrival(0), view, 2 * SECOND);
    }
    assertThat(goZero.admits(arrival(0), view, 2 * SECOND)).isFalse();
  }

  /**
   * The second counts from when the CPU was last busy. Sheds that only follow from earlier ones do
   * not renew it, or it would never cool down.
   */
  @Test
  void anIdleCpuEndsTheSheddingAfterASecondHoweverManyAreIn() {
    GoZeroPolicer goZero = new GoZeroPolicer(0.9, 10 * MS, 0, 5 * SECOND, 50);
    View view = new View();
    view.inflight = 100;
    goZero.admits(arrival(0), view, 0);
    for (long now = 0; now < 2 * SECOND; now += 10 * MS) {
      view.cpuNanos += 10 * MS;
      complete(goZero, now, 10 * MS);
      goZero.admits(arrival(0), view, now);
    }
    long busy = 1_990 * MS;
    assertThat(goZero.admits(arrival(0), view, busy)).isFalse();
    for (long now = busy + 100 * MS; now < busy + SECOND; now += 100 * MS) {
      assertThat(goZero.admits(arrival(0), view, now)).as("%d ns", now).isFalse();
    }
    assertThat(goZero.admits(arrival(0), view, busy + SECOND)).isTrue();
  }

  /** One completion a bucket of a second each: 10 a second, so 10; at 95 % CPU half of it. */
  @Test
  void whileNothingIsKnownARequestIsTakenForOneOfASecond() {
    View view = new View();
    GoZeroPolicer goZero = idleUntil(view, SECOND, 0);
    view.cpuNanos = 95 * MS; // of the last 100
    averageInflight(goZero, view, 6);
    view.inflight = 6;
    assertThat(goZero.admits(arrival(0), view, SECOND)).isFalse();
    view.inflight = 5;
    assertThat(goZero.admits(arrival(0), view, SECOND)).isTrue();
  }

  /** One completion a bucket of 100 ms is 10 a second: of five seconds each, 10 and not 50. */
  @Test
  void aLeastTimeAboveASecondIsTakenForASecond() {
    View view = new View();
    GoZeroPolicer goZero = idleUntil(view, MS, 0);
    for (long now = 0; now < SECOND; now += 100 * MS) {
      complete(goZero, now, 5 * SECOND);
    }
    view.cpuNanos = 90 * SECOND / 100; // at the threshold: not scaled down
    averageInflight(goZero, view, 100);
    view.inflight = 10;
    assertThat(goZero.admits(arrival(0), view, SECOND)).isTrue();
    view.inflight = 11;
    assertThat(goZero.admits(arrival(0), view, SECOND)).isFalse();
  }

  /** Times of 10.2 and 11.8 ms are 11 and 12, their mean 11.5, and that is 12: 1,000/s, so 12. */
  @Test
  void roundsTimesUpAndMeansToTheNearest() {
    View view = new View();
    GoZeroPolicer goZero = idleUntil(view, MS, 0);
    for (long now = 0; now < SECOND; now += MS) {
      complete(goZero, now, now % (2 * MS) == 0 ? 102 * MS / 10 : 118 * MS / 10);
    }
    view.cpuNanos = 90 * SECOND / 100; // at the threshold: not scaled down
    averageInflight(goZero, view, 13);
    view.inflight = 12;
    assertThat(goZero.admits(arrival(0), view, SECOND)).isTrue();
    view.inflight = 13;
    assertThat(goZero.admits(arrival(0), view, SECOND)).isFalse();
  }

  @Test
  void droppedRequestsAreNoSamples() {
    View view = new View();
    GoZeroPolicer goZero = idleUntil(view, MS, 0);
    for (long now = 0; now < SECOND; now += MS) {
      goZero.completed(arrival(now).completed(now, 0, MS, 1, Outcome.DROPPED));
    }
    view.cpuNanos = 90 * SECOND / 100;
    averageInflight(goZero, view, 100);
    view.inflight = 10;
    assertThat(goZero.admits(arrival(0), view, SECOND)).as("10, as if nothing was").isTrue();
    view.inflight = 11;
    assertThat(goZero.admits(arrival(0), view, SECOND)).isFalse();
  }

  /** In flight as the last arrival left it: 20 with its own. One completes: 0.1 * 19. */
  @Test
  void theAverageCountsWhoeverWasJustAdmitted() {
    View view = new View();
    GoZeroPolicer goZero = idleUntil(view, SECOND, 19);
    complete(goZero, SECOND, 5 * SECOND / 1_000);
    view.cpuNanos = SECOND; // a tenth of 10: 1
    view.inflight = 19;
    assertThat(goZero.admits(arrival(0), view, SECOND + 10 * MS)).as("1.9 > 1").isFalse();
  }

  /** The CPU has been idle, and looked at every 100 ms, for so long. */
  private static GoZeroPolicer idleUntil(View view, long until, int inflight) {
    GoZeroPolicer goZero = new GoZeroPolicer(0.9, 10 * MS, 0, 5 * SECOND, 50);
    view.inflight = inflight;
    for (long now = 0; now < until; now += 100 * MS) {
      goZero.admits(arrival(now), view, now);
    }
    return goZero;
  }

  /** Brings the average of what is in flight close to this. */
  private static void averageInflight(GoZeroPolicer goZero, View view, int inflight) {
    for (int i = 0; i < 200; i++) {
      view.inflight = inflight + 1;
      goZero.admits(arrival(0), view, 0);
      goZero.completed(arrival(0).completed(0, 0, MS, 1, Outcome.DROPPED));
    }
  }
}
