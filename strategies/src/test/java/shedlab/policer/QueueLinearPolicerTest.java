package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Policer;
import shedlab.policer.QueueLinearPolicer.By;

class QueueLinearPolicerTest extends PolicerContract {
  private static final long SECOND = 1_000_000_000;
  private static final int MANY = 20_000;

  @Override
  protected Policer fresh() {
    return new QueueLinearPolicer(2, 3, By.CHANCE, SECOND, 1_000);
  }

  private static Policer byPriority() {
    return new QueueLinearPolicer(2, 3, By.PRIORITY, SECOND, 1_000);
  }

  /** No permit is free, and so many wait. */
  private static View full(int limit, int waiting) {
    View view = new View();
    view.limit = limit;
    view.inflight = limit;
    view.waiting = waiting;
    return view;
  }

  private static double shareShed(Policer policer, View view, int urgency, long now) {
    int shed = 0;
    for (int i = 0; i < MANY; i++) {
      shed += policer.admits(arrival(now).urgency(urgency), view, now) ? 0 : 1;
    }
    return (double) shed / MANY;
  }

  @Test
  void theDefaultsAreThoseOfFailsafesPrioritizer() {
    assertThat(QueueLinearPolicer.DEFINITION.parse(""))
        .hasToString("queue-linear:from=2.0,to=3.0,by=chance,period=1s,window=1000");
  }

  /** Four permits: none up to 8 waiting, all from 12 on. */
  @ParameterizedTest(name = "{0} wait: {1}")
  @CsvSource({"0, 0", "7, 0", "8, 0", "9, 0.25", "10, 0.5", "11, 0.75", "12, 1", "100, 1"})
  void shedsInProportionToTheQueueAboveTheFirstFactor(int waiting, double share) {
    assertThat(shareShed(fresh(), full(4, waiting), 3, 0)).isCloseTo(share, within(0.015));
  }

  /** Three permits: 1.5 * 3 = 4.5 is 4, 2.5 * 3 = 7.5 is 7, as failsafe-go cuts them. */
  @ParameterizedTest(name = "{0} wait: {1}")
  @CsvSource({"4, 0", "5, 0.333", "6, 0.667", "7, 1"})
  void theBoundsAreWholeRequests(int waiting, double share) {
    Policer policer = new QueueLinearPolicer(1.5, 2.5, By.CHANCE, SECOND, 1_000);

    assertThat(shareShed(policer, full(3, waiting), 3, 0)).isCloseTo(share, within(0.015));
  }

  @Test
  void shedsNobodyWhileAPermitIsFree() {
    View view = full(4, 100);
    view.inflight = 3;
    assertThat(shareShed(fresh(), view, 3, 0)).isZero();
    assertThat(shareShed(byPriority(), view, 7, 0)).isZero();
  }

  @Test
  void theQueueGrowsWithTheLimit() {
    assertThat(shareShed(fresh(), full(40, 80), 3, 0)).isZero();
    assertThat(shareShed(fresh(), full(40, 100), 3, 0)).isCloseTo(0.5, within(0.015));
  }

  /**
   * Of the last 1,000 requests, half were of urgency 7 (levels 0 to 99) and half of urgency 0 (700
   * to 799). Half of them is all of urgency 7; three quarters are half of urgency 0 as well.
   */
  @Test
  void theLeastUrgentAreShedFirst() {
    assertThat(afterHalfAndHalf(10, 7)).isGreaterThan(0.95);
    assertThat(afterHalfAndHalf(10, 0)).isZero();
    assertThat(afterHalfAndHalf(11, 7)).isEqualTo(1);
    assertThat(afterHalfAndHalf(11, 0)).isCloseTo(0.5, within(0.06));
  }

  /** What is shed of an urgency with four permits and so many waiting, from the next second on. */
  private static double afterHalfAndHalf(int waiting, int urgency) {
    Policer policer = byPriority();
    for (int i = 0; i < 1_000; i++) {
      policer.admits(arrival(0).urgency(i % 2 == 0 ? 7 : 0), full(4, 0), 0);
    }
    View queue = full(4, waiting);
    policer.admits(arrival(SECOND).urgency(0), queue, SECOND); // ends the period
    return shareShed(policer, queue, urgency, SECOND);
  }

  @Test
  void theThresholdMovesOncePerPeriod() {
    Policer policer = byPriority();
    shareShed(policer, full(4, 0), 3, 0);
    assertThat(shareShed(policer, full(4, 10), 3, SECOND - 1)).as("not yet").isZero();
    assertThat(shareShed(policer, full(4, 10), 3, SECOND)).isCloseTo(0.5, within(0.06));
    assertThat(shareShed(policer, full(4, 0), 3, 2 * SECOND - 1)).as("still").isPositive();
    assertThat(shareShed(policer, full(4, 0), 3, 2 * SECOND)).as("the queue is short").isZero();
  }

  @Test
  void aFullQueueShedsEverybodyAtOnce() {
    assertThat(shareShed(byPriority(), full(4, 12), 0, 0)).isEqualTo(1);
  }

  /** Who was shed is missing from the record: of the rest half is shed again, and of that half. */
  @Test
  void atAnUnchangedQueueTheThresholdKeepsRisingAsInTheOriginal() {
    Policer policer = byPriority();
    shareShed(policer, full(4, 0), 3, 0);
    assertThat(shareShed(policer, full(4, 10), 3, SECOND)).isCloseTo(0.5, within(0.06));
    assertThat(shareShed(policer, full(4, 10), 3, 2 * SECOND)).isCloseTo(0.75, within(0.06));
    assertThat(shareShed(policer, full(4, 10), 3, 3 * SECOND)).isCloseTo(0.875, within(0.06));
  }

  @Test
  void whatIsRecordedWhileAPermitIsFreeDoesNotCount() {
    Policer policer = byPriority();
    View free = full(4, 0);
    free.inflight = 3;
    shareShed(policer, free, 7, 0);
    assertThat(shareShed(policer, full(4, 10), 0, SECOND)).as("nothing is recorded").isZero();
  }
}
