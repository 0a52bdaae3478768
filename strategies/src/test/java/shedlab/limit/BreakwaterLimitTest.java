package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.admission.TestSample;

class BreakwaterLimitTest extends LimitContract {
  @Override
  protected Limit fresh() {
    return new BreakwaterLimit(20, 2, 50, 1_000, 1, 0.1, Growth.ALWAYS);
  }

  @Override
  protected int least() {
    return 2;
  }

  @Override
  protected int greatest() {
    return 50;
  }

  /** A sample is late if it waited long; a long service time alone does not count. */
  @Override
  protected boolean shrinksPerSample() {
    return false;
  }

  private static Limit limit(double increase) {
    return new BreakwaterLimit(20, 1, 100, 20, 10, increase, Growth.ALWAYS);
  }

  private static Sample waited(long completed, long waited) {
    return new TestSample(completed, waited, 5, 1, Outcome.SUCCESS);
  }

  @Test
  void growsSteadilyBelowTheTargetAndShrinksInProportionAbove() {
    Limit breakwater = limit(1);
    breakwater.next(20, waited(0, 0)); // begins

    assertThat(breakwater.next(20, waited(10, 19))).isEqualTo(21);
    assertThat(breakwater.next(21, waited(20, 20))).isEqualTo(21); // no excess: times 1
    assertThat(breakwater.next(21, waited(30, 120))).isEqualTo(18); // 1 - 0.02 * 5: 18.9
    assertThat(breakwater.next(18, waited(40, 1_000_000))).isEqualTo(9); // by half at most: 9.45
  }

  @Test
  void theLongestDelayOfAnIntervalCounts() {
    Limit breakwater = limit(1);
    breakwater.next(20, waited(0, 0));

    assertThat(breakwater.next(20, waited(5, 120))).isEqualTo(20); // not yet
    assertThat(breakwater.next(20, waited(10, 0))).isEqualTo(18); // 20 * 0.9
    assertThat(breakwater.next(18, waited(20, 0))).isEqualTo(19); // forgotten
  }

  @Test
  void timeInTheHostsOwnQueueIsDelayToo() {
    Limit breakwater = limit(1);
    breakwater.next(20, waited(0, 0));

    assertThat(breakwater.next(20, new Started(10, 125, 5))).isEqualTo(18);
    assertThat(breakwater.next(18, new Started(20, 125, 125))).isEqualTo(19);
  }

  @Test
  void smallStepsAddUp() {
    Limit breakwater = limit(0.25);
    breakwater.next(20, waited(0, 0));
    int limit = 20;
    for (int i = 1; i <= 8; i++) {
      limit = breakwater.next(limit, waited(10L * i, 0));
    }

    assertThat(limit).isEqualTo(22);
  }

  private record Started(long completedNanos, long elapsedNanos, long serviceNanos)
      implements Sample {
    @Override
    public long waitedNanos() {
      return 0;
    }

    @Override
    public int inflight() {
      return 1;
    }

    @Override
    public Outcome outcome() {
      return Outcome.SUCCESS;
    }
  }

  /** What its documentation says of one request in flight at a time, and of the tuned profile. */
  @Test
  void growsWithOneRequestInFlightUnlessItIsTuned() {
    assertThat(updatesWithOneInFlightUntil(1_000, "")).isEqualTo(9_800);
    assertThat(updatesWithOneInFlightUntil(5, "profile=tuned,deadline=100ms,workers=4"))
        .isEqualTo(NEVER);
  }

  private static final int NEVER = 100_000;

  private static int updatesWithOneInFlightUntil(int great, String arguments) {
    Limit limit = BreakwaterLimit.DEFINITION.make(BreakwaterLimit.DEFINITION.parse(arguments));
    int inForce = limit.initial();
    int updates = -1; // the first sample begins the first interval
    for (long now = 0; inForce < great && updates < NEVER; now += 1_000_000) {
      inForce = limit.next(inForce, TestSample.success(now, 1_000_000, 1));
      updates++;
    }
    return updates;
  }
}
