package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.admission.RecordingTicket;

class BrpcTimeoutPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private long now = 1;

  @Override
  protected Policer fresh() {
    return new BrpcTimeoutPolicer(500 * MS, 100, SECOND, 2, 4);
  }

  private void completes(Policer brpc, int times, long millis, Outcome outcome) {
    for (int i = 0; i < times; i++) {
      now += MS;
      brpc.completed(arrival(now).completed(now, 0, millis * MS, 1, outcome));
    }
  }

  /** Whether a request that finds one other there, and has this budget, is admitted. */
  private static boolean open(Policer brpc, long budgetMillis) {
    View view = new View();
    view.inflight = 1;
    return brpc.admits(arrival(0).budget(budgetMillis * MS), view, 0);
  }

  /** The mean, from the least budget that it leaves open. */
  private static int meanMillis(Policer brpc) {
    int budget = 1;
    while (!open(brpc, budget)) {
      budget++;
    }
    return budget - 1;
  }

  @Test
  void theDefaultsAreThoseOfBrpc() {
    assertThat(BrpcTimeoutPolicer.DEFINITION.parse(""))
        .hasToString("brpc-timeout:timeout=500ms,max=100,window=1s,least=100,most=200");
  }

  @Test
  void isOpenWhileTheMeanOfTheLastWindowIsShorterThanTheTimeout() {
    Policer brpc = fresh();
    View view = new View();
    view.inflight = 1;
    assertThat(brpc.admits(arrival(0), view, 0)).as("nothing is known").isTrue();
    completes(brpc, 2, 400, Outcome.SUCCESS);
    completes(brpc, 2, 600, Outcome.SUCCESS); // (2 * 400 + 2 * 600) / 4 = 500
    assertThat(brpc.admits(arrival(0), view, 0)).as("not shorter").isFalse();
    completes(brpc, 3, 500, Outcome.SUCCESS);
    assertThat(brpc.admits(arrival(0), view, 0)).as("the window goes on").isFalse();
    completes(brpc, 1, 496, Outcome.SUCCESS); // 499
    assertThat(brpc.admits(arrival(0), view, 0)).isTrue();
  }

  @Test
  void aRequestWithATimeBudgetIsMeasuredByThat() {
    Policer brpc = fresh();
    completes(brpc, 4, 50, Outcome.SUCCESS);
    assertThat(open(brpc, 50)).isFalse();
    assertThat(open(brpc, 51)).isTrue();
    completes(brpc, 4, 700, Outcome.SUCCESS);
    assertThat(open(brpc, 701)).as("longer than the timeout").isTrue();
  }

  /** Two of 200 ms and two drops of 100 ms: (400 + 200) / 2. */
  @Test
  void droppedRequestsMakeTheOthersLookSlower() {
    Policer brpc = fresh();
    completes(brpc, 2, 200, Outcome.SUCCESS);
    completes(brpc, 2, 100, Outcome.DROPPED);
    assertThat(meanMillis(brpc)).isEqualTo(300);
  }

  @Test
  void aWindowOfDropsAloneDoublesTheMean() {
    Policer brpc = fresh();
    completes(brpc, 4, 200, Outcome.SUCCESS);
    completes(brpc, 4, 1, Outcome.DROPPED);
    assertThat(meanMillis(brpc)).isEqualTo(400);
    completes(brpc, 4, 1, Outcome.DROPPED);
    assertThat(meanMillis(brpc)).isEqualTo(800);
  }

  @Test
  void aWindowEndsAfterItsTimeIfItHasEnoughSamples() {
    Policer brpc = fresh();
    completes(brpc, 1, 200, Outcome.SUCCESS);
    now += SECOND;
    completes(brpc, 1, 400, Outcome.SUCCESS);
    assertThat(meanMillis(brpc)).isEqualTo(300);
  }

  /** The sample of 900 ms ends a window alone, and is thrown away with it. */
  @Test
  void aWindowWithTooFewSamplesIsThrownAway() {
    Policer brpc = fresh();
    completes(brpc, 4, 200, Outcome.SUCCESS);
    now += SECOND;
    completes(brpc, 1, 900, Outcome.SUCCESS);
    assertThat(meanMillis(brpc)).isEqualTo(200);
    completes(brpc, 4, 300, Outcome.SUCCESS);
    assertThat(meanMillis(brpc)).isEqualTo(300);
  }

  @Test
  void oneCompletionPerTenthOfAMillisecondIsASample() {
    Policer brpc = fresh();
    completes(brpc, 1, 200, Outcome.SUCCESS);
    for (int i = 0; i < 10; i++) {
      brpc.completed(arrival(now).completed(now + 99_999, 0, 900 * MS, 1, Outcome.SUCCESS));
    }
    completes(brpc, 3, 200, Outcome.SUCCESS);
    assertThat(meanMillis(brpc)).isEqualTo(200);
  }

  @Test
  void timesCountFromArrival() {
    Policer brpc = fresh();
    for (int i = 0; i < 4; i++) {
      now += MS;
      RecordingTicket waited = arrival(now).completed(now, 150 * MS, 50 * MS, 1, Outcome.SUCCESS);
      brpc.completed(waited);
    }
    assertThat(meanMillis(brpc)).isEqualTo(200);
  }

  @Test
  void neverHasMoreThanItsMostInTheGate() {
    Policer brpc = fresh();
    View view = new View();
    view.inflight = 60;
    view.waiting = 39;
    assertThat(brpc.admits(arrival(0), view, 0)).as("the hundredth").isTrue();
    view.waiting = 40;
    assertThat(brpc.admits(arrival(0), view, 0)).isFalse();
  }

  /** One at a time of 11 ms are 90 a second: every window is thrown away, as in bRPC. */
  @Test
  void onceClosedItStaysClosedIfOneAtATimeGivesTooFewSamples() {
    assertThat(reopensAfterBeingSlow(11)).isFalse();
    assertThat(reopensAfterBeingSlow(9)).isTrue();
  }

  private boolean reopensAfterBeingSlow(long millis) {
    Policer brpc = new BrpcTimeoutPolicer(500 * MS, 100, SECOND, 100, 200);
    completes(brpc, 200, 600, Outcome.SUCCESS);
    View alone = new View();
    for (int i = 0; i < 10_000; i++) {
      assertThat(brpc.admits(arrival(now), alone, now)).isTrue();
      now += millis * MS;
      brpc.completed(arrival(now).completed(now, 0, millis * MS, 1, Outcome.SUCCESS));
    }
    return open(brpc, 500);
  }
}
