package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Limit;
import shedlab.admission.TestSample;

class SlaGradientLimitTest extends LimitContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private long now;

  @Override
  protected Limit fresh() {
    return new SlaGradientLimit(10 * MS, 10, 2, 50, 0.95, MS, 5, Growth.ALWAYS);
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

  /** Promises 40 ns: times below 64 ns are kept exactly. */
  private static Limit gradient(int initial, Growth growth) {
    return new SlaGradientLimit(40, initial, 2, 1_000, 0.95, SECOND, 10, growth);
  }

  /** The limit after a window of ten completions, the last of which ends it. */
  private int window(Limit gradient, int limit, int inflight, long... elapsedNanos) {
    int next = limit;
    for (int i = 0; i < 10; i++) {
      long elapsed = elapsedNanos[i % elapsedNanos.length];
      next = gradient.next(next, TestSample.success(now + i * (SECOND / 10), elapsed, inflight));
    }
    now += SECOND;
    return gradient.next(next, TestSample.success(now, elapsedNanos[0], inflight));
  }

  @Test
  void theDefaultsAreEnvoysBoundsAndOurWindow() {
    assertThat(SlaGradientLimit.DEFINITION.parse("target=250ms"))
        .hasToString(
            "sla-gradient:target=250ms,initial=3,min=3,max=1000,quantile=0.95,window=1s,"
                + "samples=20,growth=always");
  }

  @Test
  void theUpdateRuleByHand() {
    Limit gradient = gradient(16, Growth.ALWAYS);
    int limit = window(gradient, 16, 1, 40); // 16 * 40/40 + 4
    assertThat(limit).isEqualTo(20);
    limit = window(gradient, limit, 1, 50); // 20 * 0.8 + 4.472 = 20.472
    assertThat(limit).isEqualTo(20);
    limit = window(gradient, limit, 1, 10); // 4 times as fast counts as 2: 40.944 + 4.525 = 45.469
    assertThat(limit).isEqualTo(45);
    limit = window(gradient, limit, 1, 60); // 45.469 * 0.6667 + 6.743 = 37.056
    assertThat(limit).isEqualTo(37);
    limit = window(gradient, limit, 1, 4_000); // counts as half: 18.528 + 6.087 = 24.615
    assertThat(limit).isEqualTo(24);
  }

  /** Of eleven times the p95 is the greatest: 16 * 40/60 + 4 = 14.7. */
  @Test
  void looksAtTheTailOfTheWindow() {
    assertThat(window(gradient(16, Growth.ALWAYS), 16, 1, 20, 20, 20, 20, 60)).isEqualTo(14);
  }

  @Test
  void aWindowOfFewSamplesChangesNothingAndIsForgotten() {
    Limit gradient = gradient(16, Growth.ALWAYS);
    for (int i = 0; i < 9; i++) { // nine in a window of a second
      assertThat(gradient.next(16, TestSample.success(i, 4_000, 1))).isEqualTo(16);
    }
    now = SECOND; // the next is a drop: no sample, but it ends the window
    assertThat(gradient.next(16, TestSample.dropped(now, 4_000, 1))).isEqualTo(16);
    assertThat(window(gradient, 16, 1, 40)).isEqualTo(20);
  }

  @Test
  void growsUnusedUnlessToldNotTo() {
    assertThat(window(gradient(16, Growth.ALWAYS), 16, 1, 40)).isEqualTo(20);
    assertThat(window(gradient(16, Growth.IN_USE), 16, 7, 40)).isEqualTo(16);
    assertThat(window(gradient(16, Growth.IN_USE), 16, 8, 40)).isEqualTo(20);
    assertThat(window(gradient(16, Growth.IN_USE), 16, 1, 60)).isEqualTo(14);
  }

  @Test
  void theRoomToGrowHoldsItAtFour() {
    Limit gradient = gradient(16, Growth.ALWAYS);
    int limit = 16;
    for (int i = 0; i < 50; i++) {
      limit = window(gradient, limit, 1, 4_000);
    }
    assertThat(limit).isEqualTo(4); // where L = L/2 + sqrt(L); its least is 2
  }

  /** 100 ms * 4 cores / 10 ms = 40 = L - sqrt(L), so L = 46.8: 117 ms, and not 100. */
  @Test
  void onSaturatedCoresItSettlesAboveTheTarget() {
    Limit gradient =
        new SlaGradientLimit(100 * MS, 10, 2, 1_000, 0.95, SECOND / 10, 20, Growth.ALWAYS);

    assertThat(new SaturatedCores(4).after(20_000, gradient)).isBetween(45, 49);
  }
}
