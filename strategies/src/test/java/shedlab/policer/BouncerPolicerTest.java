package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;

class BouncerPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  @Override
  protected Policer fresh() {
    return new BouncerPolicer(100 * MS, 4, 1.28, BouncerPolicer.Margin.SUM, 20);
  }

  /** Each takes 10 ms on four workers: with n before it, a request waits (n - 3) * 2.5 ms. */
  @Test
  void admitsWhileTheExpectedTimeIsWithinThePromise() {
    Policer bouncer = fresh();
    for (int i = 0; i < 100; i++) {
      bouncer.completed(arrival(0).completed(i * MS, 0, 10 * MS, 1, Outcome.SUCCESS));
    }
    View view = new View();
    view.inflight = 4;
    view.waiting = 35; // (39 - 3) * 2.5 + 10 = 100
    assertThat(bouncer.admits(arrival(0), view, SECOND)).isTrue();
    view.waiting = 36;
    assertThat(bouncer.admits(arrival(0), view, SECOND)).isFalse();
  }

  @Test
  void expensiveKindsAreShedEarlier() {
    Policer bouncer = fresh();
    for (int i = 0; i < 400; i++) {
      long elapsed = i % 10 == 0 ? 55 * MS : 5 * MS;
      bouncer.completed(
          arrival(0).kind(i % 10 == 0 ? 1 : 0).completed(i * MS, 0, elapsed, 1, Outcome.SUCCESS));
    }
    View view = new View();
    view.inflight = 4;
    view.waiting = 20;
    assertThat(bouncer.admits(arrival(0).kind(0), view, SECOND)).isTrue();
    assertThat(bouncer.admits(arrival(0).kind(1), view, SECOND)).isFalse();
  }

  /** Without the margin it admits up to the promised time, where half of the requests are late. */
  @Test
  void theMarginLeavesRoomForTheSpreadOfTheWait() {
    assertThat(mostWaiting(BouncerPolicer.Margin.NONE))
        .isGreaterThan(mostWaiting(BouncerPolicer.Margin.SUM));
  }

  /**
   * Half take 5 ms, half 15: mean 10, variance 25. With n to go before it, the wait has mean 2.5n
   * and variance 25n/16. The sum at 1.28 deviations: n = 31 gives 98.5 ms, n = 32 gives 101.1. The
   * paper: 2.5n + 10 + 6.4 is 98.9 for n = 33 and 101.4 for n = 34. Three more requests are in the
   * gate than {@code n}.
   */
  @Test
  void theExpectedTimeByHand() {
    assertThat(mostIn(BouncerPolicer.Margin.SUM)).isEqualTo(31 + 3);
    assertThat(mostIn(BouncerPolicer.Margin.NONE)).isEqualTo(33 + 3);
  }

  @Test
  void admitsUntilTheKindIsKnownAndWheneverTheGateIsEmpty() {
    Policer bouncer = fresh();
    View view = new View();
    view.waiting = 1_000;
    for (int i = 0; i < 20; i++) {
      assertThat(bouncer.admits(arrival(0), view, SECOND)).isTrue();
      bouncer.completed(arrival(0).completed(i * MS, 0, SECOND, 1, Outcome.SUCCESS));
    }
    assertThat(bouncer.admits(arrival(0), view, SECOND)).isFalse();
    view.waiting = 0;
    assertThat(bouncer.admits(arrival(0), view, SECOND)).isTrue();
  }

  private static int mostIn(BouncerPolicer.Margin margin) {
    Policer bouncer = new BouncerPolicer(100 * MS, 4, 1.28, margin, 20);
    for (int i = 0; i < 20; i++) {
      bouncer.completed(
          arrival(0).completed(i * MS, 0, (i % 2 == 0 ? 5 : 15) * MS, 1, Outcome.SUCCESS));
    }
    View view = new View();
    while (bouncer.admits(arrival(0), view, SECOND)) {
      view.inflight++;
    }
    return view.inflight - 1;
  }

  private static int mostWaiting(BouncerPolicer.Margin margin) {
    Policer bouncer = new BouncerPolicer(100 * MS, 4, 1.28, margin, 20);
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      long elapsed = (long) (-Math.log(1 - random.nextDouble()) * 10 * MS);
      bouncer.completed(arrival(0).completed(i * MS, 0, elapsed, 1, Outcome.SUCCESS));
    }
    View view = new View();
    view.inflight = 4;
    while (bouncer.admits(arrival(0), view, SECOND)) {
      view.waiting++;
    }
    return view.waiting;
  }

  /** Otherwise requests that fail at once would make it expect answers at once. */
  @Test
  void theTimeOfADroppedRequestIsNotLearnt() {
    Policer bouncer = fresh();
    Policer undisturbed = fresh();
    View view = new View();
    for (int i = 0; i < 100; i++) {
      complete(bouncer, i, 10_000_000);
      complete(undisturbed, i, 10_000_000);
      bouncer.completed(arrival(i).completed(i, 0, 1, 1, Outcome.DROPPED));
    }
    for (int in = 0; in < 100; in++) {
      view.inflight = in;
      assertThat(bouncer.admits(arrival(0), view, 0))
          .isEqualTo(undisturbed.admits(arrival(0), view, 0));
    }
  }
}
