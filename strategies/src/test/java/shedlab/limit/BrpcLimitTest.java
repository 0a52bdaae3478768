package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Limit;
import shedlab.admission.TestSample;

class BrpcLimitTest extends LimitContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final long NEVER = 1_000_000 * SECOND;

  private long now = 1;

  @Override
  protected Limit fresh() {
    return new BrpcLimit(20, 2, 50, 1_000_000, 5, 20_000_000);
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

  private static Limit brpc(int min, long resetInterval) {
    return new BrpcLimit(40, min, Limit.MAX, SECOND, 100, resetInterval);
  }

  /** One second with {@code completions} completions of equal length. */
  private int second(Limit brpc, int limit, int completions, double elapsedMillis) {
    int next = limit;
    for (int i = 0; i < completions; i++) {
      now += SECOND / completions;
      next = brpc.next(next, TestSample.success(now, (long) (elapsedMillis * MS), limit));
    }
    return next;
  }

  @Test
  void whileUnloadedItAllowsMoreThanNeeded() {
    // 10 ms * 200/s = 2 needed; not slower than ever: 2 * (2.4 - 1) = 2.8. The first window is
    // 1/200
    // short, and so is its end: ceil of a bit more than 2 is 3, and of 3 * 1.4 is 5.
    Limit brpc = brpc(1, NEVER);
    int limit = second(brpc, 40, 200, 10);
    limit = second(brpc, limit, 200, 10);

    assertThat(limit).isBetween(3, 5);
  }

  /** Four cores, 10 ms each: 400/s at most, and each takes L/4 of its work. */
  @Test
  void saturatedItSettlesAtTheCores() {
    Limit brpc = brpc(1, NEVER);
    int limit = second(brpc, 40, 200, 10); // unloaded at first
    for (int i = 0; i < 20; i++) {
      limit = second(brpc, limit, Math.min(400, 100 * limit), Math.max(10, 10.0 * limit / 4));
    }

    assertThat(limit).isBetween(4, 7); // 4 at the most needed, up to 1.4 as many to look for more
  }

  @Test
  void theDefaultFloorIsAboveTheCoresOfASmallMachine() {
    Limit brpc = brpc(40, NEVER);
    int limit = second(brpc, 40, 200, 10);
    for (int i = 0; i < 20; i++) {
      limit = second(brpc, limit, 400, 10.0 * limit / 4);
    }

    assertThat(limit).isEqualTo(40);
  }

  @Test
  void dropsMakeTheOthersLookSlower() {
    Limit brpc = brpc(1, NEVER);
    int limit = second(brpc, 40, 200, 10);
    limit = second(brpc, limit, 200, 10);
    int withoutDrops = second(brpc, limit, 200, 10);
    Limit other = brpc(1, NEVER);
    now = 1;
    limit = second(other, 40, 200, 10);
    int next = limit;
    for (int i = 0; i < 400; i++) {
      now += SECOND / 200;
      next =
          other.next(
              next,
              i % 2 == 0
                  ? TestSample.success(now, 10 * MS, 1)
                  : TestSample.dropped(now, 10 * MS, 1));
    }

    // Half of them dropped: the mean over the rest is 20 ms, twice the least.
    assertThat(next).isLessThan(withoutDrops);
  }

  /** Baseline poisoning: the latency measured after a reset under load counts as unloaded. */
  @Test
  void aResetUnderLoadForgetsTheUnloadedLatency() {
    int guarded = loaded(brpc(1, NEVER));
    int reset = loaded(brpc(1, 10 * SECOND));

    assertThat(reset).isGreaterThan(guarded);
  }

  /** Another program shares the four cores and makes every request twice as slow. */
  private int loaded(Limit brpc) {
    int limit = second(brpc, 40, 200, 10);
    for (int i = 0; i < 60; i++) {
      limit = second(brpc, limit, 400, Math.max(20, 20.0 * limit / 4));
    }
    return limit;
  }

  @Test
  void aWindowEndsEarlyWithFiveTimesAsManySamples() {
    Limit brpc = brpc(1, NEVER);
    int limit = 40;
    for (int i = 0; i < 500; i++) {
      now += SECOND / 1_000;
      limit = brpc.next(limit, TestSample.success(now, 10 * MS, 1));
    }

    assertThat(limit).isNotEqualTo(40);
  }

  /** 100 completions a second; the first window has one more, at its very beginning. */
  @Test
  void theUpdateRuleByHand() {
    Limit brpc = brpc(1, NEVER);
    int limit = windowOf(brpc, 40, 101, 20);
    // 20 ms * 101/s = 2.02, so 3 are needed; no slower than ever: ceil(3 * (2.4 - 1)) = 5
    assertThat(limit).isEqualTo(5);
    limit = windowOf(brpc, limit, 100, 25); // 1.25 times as slow: ceil(3 * 1.15) = 4
    assertThat(limit).isEqualTo(4);
    limit = windowOf(brpc, limit, 100, 28); // 1.4 times as slow: no room on top
    assertThat(limit).isEqualTo(3);
    // The least moves a tenth of the way, to 19: ceil(1.919) = 2, ceil(2 * (2.4 - 10/19)) = 4.
    limit = windowOf(brpc, limit, 100, 10);
    assertThat(limit).isEqualTo(4);
  }

  /**
   * The best of 50 windows counts; when it is forgotten, the peak falls by a tenth of the
   * difference.
   */
  @Test
  void thePeakFallsSlowly() {
    Limit brpc = brpc(1, NEVER);
    int limit = 40;
    for (int i = 0; i < 500; i++) { // 500 in 499 ms: 1,002/s, so 10.02 and 11 are needed
      now += i == 0 ? 0 : MS;
      limit = brpc.next(limit, TestSample.success(now, 10 * MS, 1));
    }
    assertThat(limit).isEqualTo(16); // ceil(15.4)
    for (int window = 2; window <= 50; window++) {
      assertThat(slowWindow(brpc, limit)).as("window %d", window).isEqualTo(16);
    }
    // 0.9 * 1,002 + 0.1 * 50 = 906.8: 10 are needed
    assertThat(slowWindow(brpc, limit)).isEqualTo(14);
  }

  /** 100 in two seconds. */
  private int slowWindow(Limit brpc, int limit) {
    int next = limit;
    for (int i = 0; i < 100; i++) {
      now += 20 * MS;
      next = brpc.next(next, TestSample.success(now, 10 * MS, 1));
    }
    return next;
  }

  @Test
  void aResetHalvesTheLimitForTwoSecondsAndMeasuresAnew() {
    Limit brpc = brpc(1, 10 * SECOND);
    int limit = windowOf(brpc, 40, 101, 20);
    int seconds = 1;
    while (limit == 5) {
      limit = windowOf(brpc, limit, 100, 20);
      seconds++;
    }
    assertThat(seconds).isBetween(6, 11);
    assertThat(limit).isEqualTo(2);
    assertThat(windowOf(brpc, limit, 100, 10)).isEqualTo(2); // within the two seconds
    // Least 10 ms, which is the first since; needed ceil(1.01) = 2, and 2 * (2.4 - 20/10) = 0.8.
    assertThat(windowOf(brpc, limit, 100, 20)).isEqualTo(2);
    assertThat(windowOf(brpc, limit, 100, 10)).isEqualTo(3);
  }

  @Test
  void aWindowOfDropsAloneHalvesTheLimit() {
    Limit brpc = brpc(1, NEVER);
    int limit = windowOf(brpc, 40, 101, 20);
    for (int i = 0; i < 100; i++) {
      now += 10 * MS;
      limit = brpc.next(limit, TestSample.dropped(now, 20 * MS, 1));
    }
    assertThat(limit).isEqualTo(2);
    assertThat(windowOf(brpc, limit, 100, 20)).as("as if it had not been").isEqualTo(5);
  }

  /** So many completions, 10 ms apart. */
  private int windowOf(Limit brpc, int limit, int completions, double elapsedMillis) {
    int next = limit;
    for (int i = 0; i < completions; i++) {
      now += 10 * MS;
      next = brpc.next(next, TestSample.success(now, (long) (elapsedMillis * MS), 1));
    }
    return next;
  }
}
