package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Limit;
import shedlab.admission.TestSample;

class LittleLimitTest extends LimitContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private long now;

  @Override
  protected Limit fresh() {
    return new LittleLimit(10, 2, 50, 10 * MS, 0.1);
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
  protected boolean heedsDrops() {
    return false;
  }

  /** The average takes half of each time, so a fifth of it must pass between two steps. */
  private static Limit halving(int initial) {
    return new LittleLimit(initial, 1, 100, 100 * MS, 0.5);
  }

  /** The limit after one more completion, a second after the one before. */
  private int after(Limit little, int limit, int inflight, long elapsedMillis) {
    now += SECOND;
    return little.next(limit, TestSample.success(now, elapsedMillis * MS, inflight));
  }

  @Test
  void theDefaultsAreThoseOfTheLibraryAndItsExample() {
    assertThat(LittleLimit.DEFINITION.parse("target=2s"))
        .hasToString("little:initial=1,min=1,max=2097151,target=2s,smoothing=0.01");
  }

  /** All times in ms; the average is 100 before the first. */
  @Test
  void theUpdateRuleByHand() {
    Limit little = halving(10);
    // Average 60. The pause before the first step counts from here.
    assertThat(after(little, 10, 10, 20)).isEqualTo(10);
    // Average 40: 10/40 = 0.25 a ms and 10 in flight, both more than none. Average 40 * 11/10 = 44.
    assertThat(after(little, 10, 10, 20)).isEqualTo(11);
    // Average 32: 11/32 = 0.344 > 0.25, and 11 > 10. Average 32 * 12/11 = 34.9.
    assertThat(after(little, 11, 11, 20)).isEqualTo(12);
    // Average 77.5: 12/77.5 = 0.155 < 0.344, but 12 > 11: opposed. Average 77.5 * 11/12 = 71.0.
    assertThat(after(little, 12, 12, 120)).isEqualTo(11);
    // Average 65.5: 11/65.5 = 0.168 > 0.155, but 11 < 12: opposed. Average 65.5 * 10/11 = 59.5.
    assertThat(after(little, 11, 11, 60)).isEqualTo(10);
    // Average 69.8: 10/69.8 = 0.143 < 0.168, and 10 < 11. Average 69.8 * 11/10 = 76.7.
    assertThat(after(little, 10, 10, 80)).isEqualTo(11);
    // Average 188: above the target. 11/188 = 0.058 < 0.143, but 11 > 10. Average 171.
    assertThat(after(little, 11, 11, 300)).isEqualTo(10);
    // Average 95.6: 10/95.6 = 0.105 > 0.058, but 10 < 11: opposed. Average 95.6 * 9/10 = 86.0.
    assertThat(after(little, 10, 10, 20)).isEqualTo(9);
    // Average 88.0: 9/88.0 = 0.102 < 0.105, and 9 < 10.
    assertThat(after(little, 9, 9, 90)).isEqualTo(10);
  }

  @Test
  void anAverageAboveTheTargetShrinksItAlsoIfThroughputRises() {
    Limit little = halving(10);
    after(little, 10, 10, 300); // average 200
    assertThat(after(little, 10, 10, 300)).isEqualTo(9); // 250: 0.04 and 10, both more than none
  }

  @Test
  void movesOnlyAtCapacity() {
    for (int inflight = 1; inflight <= 40; inflight++) {
      Limit little = halving(40);
      after(little, 40, inflight, 20);
      int expected = inflight >= 36 ? 41 : 40; // a tenth of 40 may be free
      assertThat(after(little, 40, inflight, 20)).as("%d", inflight).isEqualTo(expected);
    }
  }

  @Test
  void onePermitMayBeFreeHoweverSmallTheLimit() {
    Limit little = halving(4);
    after(little, 4, 3, 20);
    assertThat(after(little, 4, 3, 20)).isEqualTo(5);
    little = halving(4);
    after(little, 4, 2, 20);
    assertThat(after(little, 4, 2, 20)).isEqualTo(4);
  }

  /** A fifth of the average: 60, then 40, then 30 ms. */
  @Test
  void pausesBetweenSteps() {
    Limit little = halving(10);
    assertThat(little.next(10, TestSample.success(0, 20 * MS, 10))).isEqualTo(10);
    assertThat(little.next(10, TestSample.success(8 * MS, 20 * MS, 10)))
        .isEqualTo(10); // not over 40/5
    assertThat(little.next(10, TestSample.success(9 * MS, 20 * MS, 10))).isEqualTo(11); // 30/5 = 6
    // The average is 30 * 11/10 = 33, then 26.5: 5.3 ms must pass, and then 23.25: 4.65 ms.
    assertThat(little.next(11, TestSample.success(14 * MS, 20 * MS, 11))).isEqualTo(11);
    assertThat(little.next(11, TestSample.success(15 * MS, 20 * MS, 11))).isEqualTo(12);
  }

  @Test
  void onSaturatedCoresOnlyTheTargetBoundsIt() {
    Limit little = new LittleLimit(1, 1, 1_000, 200 * MS, 0.01);
    // 10 ms of service, so 80 in flight take 200 ms.
    assertThat(new SaturatedCores(4).after(200_000, little)).isBetween(1, 82);
  }
}
