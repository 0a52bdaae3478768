package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;

class LittleQueuePolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;

  @Override
  protected Policer fresh() {
    return new LittleQueuePolicer(100 * MS, 0.5);
  }

  /** How many may wait. */
  private static int length(Policer little, View view) {
    view.waiting = 0;
    while (little.admits(arrival(0), view, 0)) {
      view.waiting++;
    }
    return view.waiting;
  }

  private static void took(Policer little, long millis, int inflight) {
    little.completed(arrival(0).completed(0, 0, millis * MS, inflight, Outcome.SUCCESS));
  }

  @Test
  void theDefaultSmoothingIsTheExamples() {
    assertThat(LittleQueuePolicer.DEFINITION.parse("target=2s"))
        .hasToString("little-queue:target=2s,smoothing=0.01");
  }

  /** All times in ms; the average is the target, 100, before the first. */
  @Test
  void theLengthByHand() {
    Policer little = fresh();
    View view = new View(); // four permits
    assertThat(length(little, view)).isEqualTo(1); // 4 * (100/100 - 1) = 0, and one may always
    took(little, 20, 4); // 60
    assertThat(length(little, view)).isEqualTo(2); // 4 * (1.667 - 1) = 2.67
    took(little, 20, 4); // 40
    assertThat(length(little, view)).isEqualTo(6); // 4 * (2.5 - 1)
    view.limit = 5; // 40 * 5/4 = 50
    assertThat(length(little, view)).isEqualTo(5); // 5 * (2 - 1)
    took(little, 250, 5); // 150: four permits' worth of work is too slow already
    assertThat(length(little, view)).isEqualTo(1);
  }

  /** All of those that may be in the gate, 8 with 4 permits and 50 ms each, take 100 ms. */
  @Test
  void aFullQueueTakesTheTargetByLittlesLaw() {
    for (int limit = 1; limit <= 64; limit *= 2) {
      for (int millis = 1; millis <= 50; millis++) {
        Policer little = fresh();
        View view = new View();
        view.limit = limit;
        length(little, view);
        for (int i = 0; i < 60; i++) {
          took(little, millis, limit);
        }
        double throughput = (double) limit / millis; // in requests per ms
        double inTheGate = 100 * throughput;
        assertThat(limit + length(little, view))
            .as("%d permits, %d ms", limit, millis)
            .isBetween((int) inTheGate - 1, (int) Math.max(limit + 1, inTheGate));
      }
    }
  }

  @Test
  void timesBelowCapacitySayNothing() {
    Policer little = fresh();
    View view = new View();
    view.limit = 40;
    length(little, view);
    took(little, 20, 35); // five are free, more than a tenth
    assertThat(length(little, view)).isEqualTo(1);
    took(little, 20, 36); // 60: 40 * 0.667 = 26.67
    assertThat(length(little, view)).isEqualTo(26);
  }

  @Test
  void onePermitMayBeFreeHoweverSmallTheLimit() {
    Policer little = fresh();
    View view = new View();
    length(little, view);
    took(little, 20, 2);
    assertThat(length(little, view)).isEqualTo(1);
    took(little, 20, 3);
    assertThat(length(little, view)).isEqualTo(2);
  }

  /** In the library an error is a response like any other. */
  @Test
  void aDropIsARequestLikeAnyOther() {
    Policer little = fresh();
    View view = new View();
    length(little, view);
    little.completed(arrival(0).completed(0, 0, 20 * MS, 4, Outcome.DROPPED));
    assertThat(length(little, view)).isEqualTo(2);
  }
}
