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
      complete(goZero, now);
      assertThat(goZero.admits(arrival(now), view, now)).isTrue();
    }
    long step = now;
    view.inflight = 1_000;
    while (goZero.admits(arrival(now), view, now)) {
      now += 50 * MS;
      view.cpuNanos += 50 * MS;
      complete(goZero, now);
    }
    assertThat((now - step) / (double) SECOND).isCloseTo(8, within(0.4));
  }

  @Test
  void aMomentOfManyInFlightIsForgiven() {
    GoZeroPolicer goZero = new GoZeroPolicer(0.9, 10 * MS, 0, 5 * SECOND, 50);
    View view = new View();
    goZero.admits(arrival(0), view, 0);
    for (long now = 0; now < 2 * SECOND; now += 10 * MS) {
      complete(goZero, now);
    }
    view.cpuNanos = 2 * SECOND;
    view.inflight = 100;
    assertThat(goZero.admits(arrival(0), view, 2 * SECOND)).as("the average is low").isTrue();
    for (int i = 0; i < 50; i++) {
      complete(goZero, 2 * SECOND);
      goZero.admits(arrival(0), view, 2 * SECOND);
    }
    assertThat(goZero.admits(arrival(0), view, 2 * SECOND)).isFalse();
  }

  /** Sheds that only follow from earlier ones do not keep it hot, or it would never cool down. */
  @Test
  void anIdleCpuEndsTheSheddingAfterASecondHoweverManyAreIn() {
    GoZeroPolicer goZero = new GoZeroPolicer(0.9, 10 * MS, 0, 5 * SECOND, 50);
    View view = new View();
    view.inflight = 100;
    goZero.admits(arrival(0), view, 0);
    for (long now = 0; now < 2 * SECOND; now += 10 * MS) {
      view.cpuNanos += 10 * MS;
      complete(goZero, now);
      goZero.admits(arrival(0), view, now);
    }
    long busy = 1_990 * MS;
    assertThat(goZero.admits(arrival(0), view, busy)).isFalse();
    for (long now = busy + 100 * MS; now < busy + SECOND; now += 100 * MS) {
      assertThat(goZero.admits(arrival(0), view, now)).as("%d ns", now).isFalse();
    }
    assertThat(goZero.admits(arrival(0), view, busy + SECOND)).isTrue();
  }

  private static void complete(Policer policer, long now) {
    policer.completed(arrival(now).completed(now, 0, 10 * MS, 1, Outcome.SUCCESS));
  }
}
