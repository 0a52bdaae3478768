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
    return new BouncerPolicer(100 * MS, 4, 1.28, 1.28, 20);
  }

  /** Each takes 10 ms on four workers: with n before it, a request waits (n - 3) * 2.5 ms. */
  @Test
  void admitsWhileTheExpectedTimeKeepsThePromise() {
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
  void expensiveKindsAreTurnedAwayEarlier() {
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

  /** Without the margin it admits up to the edge, where half are late. */
  @Test
  void theMarginLeavesRoomForTheSpreadOfTheWait() {
    assertThat(mostWaiting(0)).isGreaterThan(mostWaiting(1.28));
  }

  private static int mostWaiting(double margin) {
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
}
