package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.limit.AIMDLimit;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.admission.TestSample;
import shedlab.limit.AimdLimit.Pace;

class AimdLimitTest {
  private static final long LATE = 101;
  private static final long FAST = 100; // the timeout itself is still in time

  private static AimdLimit limit(int initial, Pace pace) {
    return new AimdLimit(initial, 2, 12, 0.75, 100, pace);
  }

  @Nested
  class PerSample extends LimitContract {
    @Override
    protected Limit fresh() {
      return limit(10, Pace.SAMPLE);
    }

    @Override
    protected int least() {
      return 2;
    }

    @Override
    protected int greatest() {
      return 12;
    }

    @ParameterizedTest(name = "{0} with {1} in flight, {2} ns, {3} -> {4}")
    @CsvSource({
      "10,  5, 100, SUCCESS, 11", // half in use: one more
      "10,  4, 100, SUCCESS, 10", // less than half in use: nothing learnt
      " 9,  5, 100, SUCCESS, 10", // half of an odd limit is rounded up
      " 9,  4, 100, SUCCESS,  9",
      "12, 12, 100, SUCCESS, 12", // never above max
      "10,  1, 101, SUCCESS,  7", // late: a cut, rounded down, however few are in flight
      "10, 10, 101, SUCCESS,  7",
      "10,  1,   1, DROPPED,  7", // dropped: a cut, however fast
      " 3,  3, 101, SUCCESS,  2", // never below min
      " 2,  2, 101, SUCCESS,  2",
      " 2,  1, 100, SUCCESS,  3"
    })
    void movesOnEverySample(int before, int inflight, long elapsed, Outcome outcome, int after) {
      Sample sample = new TestSample(1_000, 0, elapsed, inflight, outcome);
      assertThat(limit(before, Pace.SAMPLE).next(before, sample)).isEqualTo(after);
    }

    @Test
    void cutsOncePerLateSample() {
      Limit limit = limit(12, Pace.SAMPLE);
      int inForce = 12;
      int[] expected = {9, 6, 4, 3, 2, 2};
      for (int next : expected) {
        inForce = limit.next(inForce, TestSample.success(1_000, LATE, inForce));
        assertThat(inForce).isEqualTo(next);
      }
    }
  }

  @Nested
  class PerRoundTrip extends LimitContract {
    @Override
    protected Limit fresh() {
      return limit(10, Pace.ROUND_TRIP);
    }

    @Override
    protected int least() {
      return 2;
    }

    @Override
    protected int greatest() {
      return 12;
    }

    @ParameterizedTest(name = "{0} with {1} in flight, {2} ns, {3} -> {4}")
    @CsvSource({
      "10,  5, 100, SUCCESS, 10", // a tenth more: not yet a whole permit
      "10,  4, 100, SUCCESS, 10",
      "12, 12, 100, SUCCESS, 12",
      "10,  1, 101, SUCCESS,  7", // the first late sample cuts
      "10,  1,   1, DROPPED,  7",
      " 3,  3, 101, SUCCESS,  2",
      " 2,  2, 101, SUCCESS,  2"
    })
    void firstSample(int before, int inflight, long elapsed, Outcome outcome, int after) {
      Sample sample = new TestSample(1_000, 0, elapsed, inflight, outcome);
      assertThat(limit(before, Pace.ROUND_TRIP).next(before, sample)).isEqualTo(after);
    }

    @Test
    void growsByOneForAboutAsManySamplesAsTheLimit() {
      Limit limit = new AimdLimit(10, 1, 1_000, 0.9, 100, Pace.ROUND_TRIP);
      int inForce = 10;
      for (int round = 0; round < 90; round++) {
        int samples = 0;
        int before = inForce;
        while (inForce == before) {
          inForce = limit.next(inForce, TestSample.success(0, FAST, inForce));
          samples++;
        }
        assertThat(inForce).isEqualTo(before + 1);
        assertThat(samples).isBetween(before - 1, before + 1);
      }
    }

    /**
     * All ten in flight were admitted before the first late one completed: one congestion event.
     */
    @Test
    void cutsOnceForABurstOfLateSamples() {
      Limit limit = limit(10, Pace.ROUND_TRIP);
      int inForce = 10;
      for (int i = 0; i < 10; i++) {
        inForce = limit.next(inForce, TestSample.success(1_000 + i, LATE, 10));
        assertThat(inForce).isEqualTo(7);
      }
    }

    @Test
    void cutsAgainForARequestAdmittedAfterTheCut() {
      Limit limit = limit(10, Pace.ROUND_TRIP);
      assertThat(limit.next(10, TestSample.success(1_000, LATE, 10))).isEqualTo(7);
      assertThat(limit.next(7, TestSample.success(1_100, LATE, 10))).isEqualTo(7); // at 999
      assertThat(limit.next(7, TestSample.success(1_101, LATE, 10))).isEqualTo(5); // at 1,000
    }

    @Test
    void aDropWithinTheSameRoundTripDoesNotCutAgain() {
      Limit limit = limit(10, Pace.ROUND_TRIP);
      assertThat(limit.next(10, TestSample.dropped(1_000, 50, 10))).isEqualTo(7);
      assertThat(limit.next(7, TestSample.dropped(1_010, 50, 10))).isEqualTo(7);
      assertThat(limit.next(7, TestSample.dropped(1_060, 50, 10))).isEqualTo(5);
    }

    @Test
    void aCutForgetsTheFractionGrownSoFar() {
      Limit limit = limit(10, Pace.ROUND_TRIP);
      for (int i = 0; i < 9; i++) {
        assertThat(limit.next(10, TestSample.success(i, FAST, 10))).isEqualTo(10);
      }
      assertThat(limit.next(10, TestSample.success(1_000, LATE, 10))).isEqualTo(7);
      for (int i = 0; i < 6; i++) {
        assertThat(limit.next(7, TestSample.success(2_000 + i, FAST, 7))).isEqualTo(7);
      }
    }

    @Test
    void survivesAClockThatOverflows() {
      Limit limit = limit(10, Pace.ROUND_TRIP);
      long end = Long.MAX_VALUE;
      assertThat(limit.next(10, TestSample.success(end - 10, LATE, 10))).isEqualTo(7);
      assertThat(limit.next(7, TestSample.success(end + 10, LATE, 10))).isEqualTo(7);
      assertThat(limit.next(7, TestSample.success(end + 200, LATE, 10))).isEqualTo(5);
    }
  }

  @Nested
  class LibraryDefaults extends LimitContract {
    @Override
    protected Limit fresh() {
      return AimdLimit.DEFINITION.make(AimdLimit.DEFINITION.parse(""));
    }

    @Override
    protected int least() {
      return 20;
    }

    @Override
    protected int greatest() {
      return 200;
    }

    @Test
    void areThoseOfTheLibraries() {
      assertThat(AimdLimit.DEFINITION.parse(""))
          .hasToString("aimd:initial=20,min=20,max=200,ratio=0.9,timeout=5s,pace=sample");
    }

    @Test
    void climbToTheCeilingUnlessARequestTakesLongerThanFiveSeconds() {
      Limit limit = fresh();
      int inForce = limit.initial();
      for (int i = 0; i < 180; i++) {
        inForce = limit.next(inForce, TestSample.success(i, TimeUnit.SECONDS.toNanos(5), inForce));
      }
      assertThat(inForce).isEqualTo(200);
      assertThat(limit.next(200, TestSample.success(0, TimeUnit.SECONDS.toNanos(5) + 1, 1)))
          .isEqualTo(180);
    }
  }

  /**
   * Helidon's {@code AimdLimitImpl.updateWithSample}, which needs Java 21, by hand: late or dropped
   * cuts to {@code (int) (limit * ratio)}; else half of the limit in use, counted at admission with
   * itself, adds one; then the floor and the ceiling.
   */
  @Test
  void helidonsUpdateRuleByHand() {
    Limit limit = new AimdLimit(20, 10, 21, 0.9, 100, Pace.SAMPLE);

    assertThat(limit.next(20, TestSample.success(0, 100, 10))).isEqualTo(21); // 100 is not late
    assertThat(limit.next(21, TestSample.success(0, 100, 11))).isEqualTo(21); // the ceiling
    assertThat(limit.next(21, TestSample.success(0, 101, 1))).isEqualTo(18); // 18.9
    assertThat(limit.next(18, TestSample.dropped(0, 1, 1))).isEqualTo(16); // 16.2
    assertThat(limit.next(16, TestSample.success(0, 1, 7))).isEqualTo(16); // 14 < 16
    assertThat(limit.next(16, TestSample.success(0, 1, 8))).isEqualTo(17);
    for (int i = 0; i < 5; i++) {
      limit.next(17, TestSample.dropped(0, 1, 17)); // 15, 13, 11, then the floor
    }
    assertThat(limit.next(10, TestSample.success(0, 1, 4))).isEqualTo(10);
  }

  /**
   * The original, step by step. There is no deliberate difference: with the same settings the
   * limits are the same. (Netflix accepts an {@code initial} outside {@code [min, max]} and
   * corrects it at the first sample; here such a spec is refused.)
   */
  @Nested
  class AgainstNetflix {
    @Test
    void perSampleIsNetflixStepForStep() {
      for (int seed = 0; seed < 1_000; seed++) {
        Random random = new Random(seed);
        int min = 1 + random.nextInt(30);
        int initial = min + random.nextInt(50);
        int max = initial + random.nextInt(300);
        double ratio = 0.5 + 0.4999 * random.nextDouble();
        long timeout = 1L + random.nextInt(1_000);
        AIMDLimit theirs =
            AIMDLimit.newBuilder()
                .initialLimit(initial)
                .minLimit(min)
                .maxLimit(max)
                .backoffRatio(ratio)
                .timeout(timeout, TimeUnit.NANOSECONDS)
                .build();
        Limit ours = new AimdLimit(initial, min, max, ratio, timeout, Pace.SAMPLE);
        int badPercent = random.nextInt(30);
        int inForce = ours.initial();
        for (int step = 0; step < 1_000; step++) {
          boolean late = random.nextInt(100) < badPercent;
          boolean dropped = random.nextInt(100) < badPercent / 2;
          long elapsed = late ? timeout + 1 + random.nextInt(1_000) : random.nextLong(timeout + 1);
          int inflight = 1 + random.nextInt(inForce + 5);
          Outcome outcome = dropped ? Outcome.DROPPED : Outcome.SUCCESS;

          theirs.onSample(step, elapsed, inflight, dropped);
          inForce =
              ours.next(inForce, new TestSample(step + elapsed, 0, elapsed, inflight, outcome));

          assertThat(inForce).as("seed %d, step %d", seed, step).isEqualTo(theirs.getLimit());
        }
      }
    }
  }
}
