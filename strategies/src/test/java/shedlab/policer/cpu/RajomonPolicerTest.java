package shedlab.policer.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.policer.PolicerContract;
import shedlab.policer.cpu.RajomonPolicer.Update;

class RajomonPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;

  private final View view = new View();
  private long now;

  @Override
  protected Policer fresh() {
    return new RajomonPolicer(5 * MS, 10 * MS, Update.STEP, 1, 10);
  }

  /** Each urgency has one price, its distance from the least urgent: so the price can be seen. */
  private static RajomonPolicer visible(Update update, int step) {
    return new RajomonPolicer(5 * MS, 10 * MS, update, step, 1);
  }

  @Test
  void thePriceRisesByTheStepAndFallsByOne() {
    Policer rajomon = visible(Update.STEP, 3);
    assertThat(price(rajomon)).isZero();
    assertThat(after(rajomon, 1, 6 * MS)).isEqualTo(3);
    assertThat(after(rajomon, 1, 6 * MS)).isEqualTo(6);
    assertThat(after(rajomon, 1, 5 * MS)).as("at the threshold").isEqualTo(5);
    assertThat(after(rajomon, 1, 0)).isEqualTo(4);
  }

  @Test
  void theWorstWakeUpOfAPeriodCounts() {
    Policer rajomon = visible(Update.STEP, 1);
    price(rajomon);
    view.wake(8, 0);
    view.wake(1, 6 * MS);
    assertThat(after(rajomon, 1, 0)).isEqualTo(1);
    assertThat(after(rajomon, 1, 0)).as("it counts once").isZero();
  }

  /** Seen awake, then 9 ms and 19 ms overdue after a sleep of 1 ms. */
  @Test
  void aThreadThatHasNotWokenYetIsLate() {
    Policer rajomon = visible(Update.STEP, 1);
    price(rajomon);
    assertThat(after(rajomon, 1, 0)).isZero();
    now += 10 * MS;
    assertThat(price(rajomon)).isEqualTo(1);
    now += 10 * MS;
    assertThat(price(rajomon)).isEqualTo(2);
    assertThat(after(rajomon, 1, 29 * MS)).isEqualTo(3);
    assertThat(after(rajomon, 1, 0)).isEqualTo(2);
  }

  @Test
  void severalPeriodsAtOnceRaiseThePriceOnceAndLowerItEachTime() {
    Policer rajomon = visible(Update.STEP, 6);
    price(rajomon);
    assertThat(after(rajomon, 7, 6 * MS)).isEqualTo(6);
    assertThat(after(rajomon, 4, 0)).isEqualTo(2);
    assertThat(after(rajomon, 40, 0)).isZero();
  }

  /** Of 40 to 49 tokens, a price of 43 leaves seven tenths; less urgent requests have fewer. */
  @Test
  void requestsOfOneUrgencyPayDifferentPrices() {
    Policer rajomon = fresh();
    price(rajomon);
    for (int i = 0; i < 43; i++) {
      after(rajomon, 1, 6 * MS);
    }
    assertThat(admitted(rajomon, 3)).isBetween(650, 750);
    assertThat(admitted(rajomon, 2)).isEqualTo(1_000);
    assertThat(admitted(rajomon, 4)).isZero();
  }

  /**
   * 7 ms are 2 ms above 5, and ten for each 10 ms are 2: 2, 2, then 2 * 0.64 = 1.28, 2 * 0.512 =
   * 1.02, 2 * 0.4096 = 0.82, cut to 1, 1 and 0. None late is 5 ms below: 5 less, and all anew.
   */
  @Test
  void inProportionToTheDelayAndLessAndLessIfItRisesAgainAndAgain() {
    Policer rajomon = visible(Update.PROPORTIONAL, 10);
    price(rajomon);
    int[] expected = {2, 4, 5, 6, 6};
    for (int price : expected) {
      assertThat(after(rajomon, 1, 7 * MS)).isEqualTo(price);
    }
    assertThat(after(rajomon, 1, 0)).isEqualTo(1);
    assertThat(after(rajomon, 1, 7 * MS)).isEqualTo(3);
    assertThat(after(rajomon, 1, 59 * MS / 10)).as("0.9 is cut to 0").isEqualTo(3);
  }

  @Test
  void aRequestThatWaitedForAWorkerCountsAsWell() {
    Policer rajomon = visible(Update.STEP, 1);
    price(rajomon);
    rajomon.completed(
        arrival(0).completed(now, 2 * MS, 14 * MS, 1, Outcome.SUCCESS).service(10 * MS));
    rajomon.completed(arrival(0).completed(now, 0, 10 * MS, 1, Outcome.SUCCESS));
    assertThat(after(rajomon, 1, 0)).as("2 ms and 4 ms").isEqualTo(1);
    view.inflight = 1;
    assertThat(after(rajomon, 1, 0)).as("the last one did not wait").isZero();
    rajomon.completed(arrival(0).completed(now, 6 * MS, 10 * MS, 1, Outcome.SUCCESS));
    assertThat(after(rajomon, 1, 0)).isEqualTo(1);
    assertThat(after(rajomon, 1, 0)).as("none has ended since").isEqualTo(2);
    view.inflight = 0;
    assertThat(after(rajomon, 1, 0)).isEqualTo(1);
  }

  @Test
  void thePriceStopsAtOneThatNobodyCanPay() {
    Policer rajomon = visible(Update.STEP, 1);
    price(rajomon);
    for (int i = 0; i < 100; i++) {
      after(rajomon, 1, 6 * MS);
    }
    assertThat(price(rajomon)).isEqualTo(8);
    assertThat(after(rajomon, 1, 0)).isEqualTo(7);
  }

  /** The price when so many periods have passed, in which a thread woke as late. */
  private int after(Policer rajomon, int periods, long lateNanos) {
    now += 10L * periods * MS;
    view.wake(1, lateNanos);
    return price(rajomon);
  }

  /** Of one price each. */
  private int price(Policer rajomon) {
    return 8
        - (int)
            IntStream.range(0, 8)
                .filter(u -> rajomon.admits(arrival(now).urgency(u), view, now))
                .count();
  }

  private int admitted(Policer rajomon, int urgency) {
    return (int)
        IntStream.range(0, 1_000)
            .filter(i -> rajomon.admits(arrival(now).urgency(urgency), view, now))
            .count();
  }
}
