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
  boolean shrinksPerSample() {
    return false;
  }

  private static Limit brpc(int min, long resetInterval) {
    return new BrpcLimit(40, min, Limit.MAX, SECOND, 100, resetInterval);
  }

  /** A second of so many completions that all take so long. */
  private int second(Limit brpc, int limit, int completions, double elapsedMillis) {
    int next = limit;
    for (int i = 0; i < completions; i++) {
      now += SECOND / completions;
      next = brpc.next(next, TestSample.success(now, (long) (elapsedMillis * MS), limit));
    }
    return next;
  }

  @Test
  void whileUnloadedItAllowsAndLooksForMore() {
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

  /** Baseline poisoning: what is measured after a reset under load counts as unloaded. */
  @Test
  void aResetUnderLoadForgetsWhatUnloadedWas() {
    int guarded = loaded(brpc(1, NEVER));
    int reset = loaded(brpc(1, 10 * SECOND));

    assertThat(reset).isGreaterThan(guarded);
  }

  /** Clients time-share four cores with something else that makes every request twice as slow. */
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
}
