package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Limit;
import shedlab.admission.TestSample;

/** Beside {@code OverloadDetector} itself, and by hand. */
class VegasQuarkusLimitTest extends LimitContract {
  private static final int NEVER = 1_000_000;

  @Override
  protected Limit fresh() {
    return new VegasQuarkusLimit(10, 50, 3, 6, 30, Drops.IGNORED);
  }

  @Override
  protected int least() {
    return 1;
  }

  @Override
  protected int greatest() {
    return 50;
  }

  @Override
  protected int allowance() {
    return 50; // a probe takes lateness for the new normal
  }

  @Override
  protected boolean heedsDrops() {
    return false;
  }

  @Test
  void theDefaultsAreThoseOfTheExtension() {
    assertThat(VegasQuarkusLimit.DEFINITION.parse(""))
        .hasToString("vegas-quarkus:initial=100,max=1000,alpha=3,beta=6,probe=30,drops=ignored");
  }

  @ParameterizedTest(name = "probe {0}")
  @ValueSource(ints = {1, 3, 30, NEVER})
  void goesStepForStepWithTheOriginal(int probe) {
    for (long seed = 1; seed <= 50; seed++) {
      int initial = 1 + (int) (seed * 37 % 120);
      StepForStep.same(
          new VegasQuarkusLimit(initial, 1_200, 3, 6, probe, Drops.IGNORED),
          new QuarkusTwin(initial, 1_200, 3, 6, probe),
          seed);
    }
  }

  @ParameterizedTest(name = "{0} with {1} in flight, {2} us -> {3}")
  @CsvSource({
    "   9,    5,  100,   15", // f = 1: nobody queues, six more
    "   9,    5,  125,   10", // two queue (1.8): one more
    "   9,    5,  150,    9", // three: hold
    "   9,    5,  250,    9", // six (5.4): hold
    "   9,    5,  500,    8", // eight (7.2): one less
    "   9,    4,  500,    9", // less than half in use: nothing learnt
    "  10,    5,  100,   22", // f = 2: nobody queues, twelve more
    "  10,    5,  125,   22", // two queue: the threshold is two
    "  10,    5,  150,   12", // four (3.3): two more, the bound is six
    "  10,    5,  250,   10", // six: hold
    "  10,    5, 9999,   10", // all ten: hold, the bound is twelve
    "  20,   10,  300,   18", // fourteen (13.3): two less
    " 100,  100,  100,  118", // f = 3: eighteen more
    " 100,  100,  125,   97", // twenty: three less
    " 990,  990,  100, 1000", // never above max
    "1000, 1000,  200,  996", // f = 4
    "   1,    1, 9999,    7" // one permit: its own request is no more than the threshold
  })
  void movesByWhoQueues(int before, int inflight, long micros, int after) {
    Limit limit = new VegasQuarkusLimit(before, 1_000, 3, 6, NEVER, Drops.IGNORED);
    limit.next(before, TestSample.success(0, 100_000, 1)); // the baseline
    assertThat(limit.next(before, TestSample.success(0, 1_000 * micros, inflight)))
        .isEqualTo(after);
  }

  @Test
  void aFasterRequestIsTheNewBaselineAndMovesNothing() {
    Limit limit = new VegasQuarkusLimit(20, 1_000, 3, 6, NEVER, Drops.IGNORED);
    assertThat(limit.next(20, TestSample.success(0, 200_000, 20))).isEqualTo(20);
    assertThat(limit.next(20, TestSample.success(0, 100_000, 20))).isEqualTo(20);
    assertThat(limit.next(20, TestSample.success(0, 300_000, 20))).isEqualTo(18);
  }

  @Test
  void timesAreWholeMicroseconds() {
    Limit limit = new VegasQuarkusLimit(20, 1_000, 3, 6, NEVER, Drops.IGNORED);
    limit.next(20, TestSample.success(0, 1_000, 20));
    assertThat(limit.next(20, TestSample.success(0, 1_999, 20))).isEqualTo(32); // no slower
    assertThat(limit.next(32, TestSample.success(0, 999, 32))).isEqualTo(44); // nor faster
  }

  @Test
  void aProbeTakesWhateverComesAsTheBaseline() {
    Limit limit = new VegasQuarkusLimit(20, 20, 3, 6, 1, Drops.IGNORED);
    limit.next(20, TestSample.success(0, 100_000, 20));
    int probed = 0;
    for (int i = 2; i <= 20 && probed == 0; i++) {
      // Fourteen queue of twenty: two less; unless this very request has become the baseline.
      if (limit.next(20, TestSample.success(0, 300_000, 20)) == 20) {
        probed = i;
      }
    }
    assertThat(probed).isBetween(10, 20); // half to one limit's worth of requests
    assertThat(limit.next(8, TestSample.success(0, 300_000, 8))).isEqualTo(14); // nobody queues
  }

  @Test
  void probesUnderLoadPoisonItsBaselineAsInTheOriginal() {
    assertThat(new SaturatedCores(4).after(20_000, fresh())).isGreaterThan(4 + 2 * 6);
  }
}
