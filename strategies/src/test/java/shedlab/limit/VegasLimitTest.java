package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.TestSample;

class VegasLimitTest {
  private static final long BASELINE = 100_000;

  private static Limit pinned(int initial) {
    return new VegasLimit(initial, 2, 1_100, 3, 6, 1, 30, 1, BASELINE, Drops.EACH);
  }

  private static Limit vegas(String arguments) {
    return VegasLimit.DEFINITION.make(VegasLimit.DEFINITION.parse(arguments));
  }

  @Nested
  class WithAKnownBaseline extends LimitContract {
    @Override
    protected Limit fresh() {
      return new VegasLimit(10, 2, 50, 3, 6, 0.7, 30, 1, BASELINE, Drops.EACH);
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
    protected int allowance() {
      return 3; // at 2, both may queue, and one more
    }

    @ParameterizedTest(name = "{0} with {1} in flight, {2} ns, {3} -> {4}")
    @CsvSource({
      "  10,   5,  100000, SUCCESS,   16", // nobody queues: beta more
      "  10,   5,   50000, SUCCESS,   16", // faster than thought possible
      "  10,   5,  111111, SUCCESS,   16", // one queues: still the threshold
      "  10,   5,  120000, SUCCESS,   11", // two: one more
      "  10,   5,  130000, SUCCESS,   10", // three: hold
      "  10,   5,  250000, SUCCESS,   10", // six: hold
      "  10,   5,  260000, SUCCESS,    9", // seven: one less
      "  10,   4,  260000, SUCCESS,   10", // less than half in use: nothing learnt
      "  10,   1,  100000, DROPPED,    9", // a drop, however fast and however few
      "1100,1100,  100000, SUCCESS, 1100", // never above max
      "1095,1095,  100000, SUCCESS, 1100",
      "   2,   2,  900000, DROPPED,    2", // never below min
      "  99,  99,  108000, SUCCESS,   98", // eight queue; the bounds are 3 and 6 below a hundred
      " 100, 100,  108000, SUCCESS,  100", // and 6 and 12 from there on
      " 100, 100,  102000, SUCCESS,  112", // two queue: the threshold is two
      " 100, 100,  103000, SUCCESS,  102",
      " 100, 100,  120000, SUCCESS,   98",
      "1000,1000,  120000, SUCCESS,  997"
    })
    void movesByWhoQueues(int before, int inflight, long elapsed, Outcome outcome, int after) {
      TestSample sample = new TestSample(0, 0, elapsed, inflight, outcome);
      assertThat(pinned(before).next(before, sample)).isEqualTo(after);
    }
  }

  @Nested
  class LibraryDefaults extends LimitContract {
    @Override
    protected Limit fresh() {
      return vegas("");
    }

    @Override
    protected int least() {
      return 1;
    }

    @Override
    protected int greatest() {
      return 1000;
    }

    @Override
    protected int allowance() {
      return 1000; // a probe takes lateness for the new normal
    }

    @Test
    void areThoseOfTheLibrary() {
      assertThat(VegasLimit.DEFINITION.parse(""))
          .hasToString(
              "vegas:initial=20,min=1,max=1000,alpha=3,beta=6,smoothing=1.0,"
                  + "probe=30,probe-below=1.0,baseline=none,drops=each");
    }

    @Test
    void theFirstRequestIsTheBaselineAndMovesNothing() {
      Limit limit = fresh();
      assertThat(limit.next(20, TestSample.success(0, 300, 20))).isEqualTo(20);
      assertThat(limit.next(20, TestSample.success(0, 300, 20))).isEqualTo(26);
    }

    @Test
    void soIsEveryFasterOneEvenIfItWasDropped() {
      Limit limit = fresh();
      limit.next(20, TestSample.success(0, 300, 20));
      assertThat(limit.next(20, TestSample.dropped(0, 200, 20))).isEqualTo(20);
      assertThat(limit.next(20, TestSample.success(0, 300, 20))).isEqualTo(19); // seven queue
    }
  }

  @Nested
  class OnSaturatedCores {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 64, 97, 200})
    void settlesWithAlphaToBetaMoreThanTheCores(int cores) {
      int settled = new SaturatedCores(cores).after(20_000, vegas("probe-below=0.5"));
      int f = settled < 100 ? 1 : 2;
      assertThat(settled - cores).isBetween(3 * f, 6 * f);
    }

    @Test
    void aProbeUnderLoadPoisonsTheBaselineOfTheOriginalAndTheLimitCreepsUp() {
      int theirs =
          new SaturatedCores(4)
              .after(20_000, com.netflix.concurrency.limits.limit.VegasLimit.newDefault());
      assertThat(theirs).isGreaterThan(4 + 6);
      assertThat(new SaturatedCores(4).after(20_000, vegas(""))).isGreaterThan(4 + 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"probe-below=0.5", "baseline=10ms"})
    void aGuardedOrKnownBaselineIsNotPoisoned(String guard) {
      assertThat(new SaturatedCores(4).after(20_000, vegas(guard))).isBetween(4 + 3, 4 + 6);
    }

    @Test
    void theGuardStillLearnsThatTheServiceHasBecomeSlowerOnceTheLoadIsGone() {
      Limit limit = vegas("initial=10,max=10,probe=1,probe-below=0.5");
      limit.next(10, TestSample.success(0, 100, 1));
      for (int i = 0; i < 100; i++) {
        limit.next(10, TestSample.success(0, 1_000, 10));
      }
      assertThat(limit.next(3, TestSample.success(0, 1_000, 3))).isLessThan(10);
      limit.next(3, TestSample.success(0, 1_000, 1)); // quiet: the postponed probe
      int inForce = limit.next(3, TestSample.success(0, 1_000, 3));
      inForce = limit.next(inForce, TestSample.success(0, 1_000, inForce));
      assertThat(inForce).isEqualTo(10);
    }
  }

  /** Differences: {@code initial} within bounds, and a request that took no time. */
  @Nested
  class AgainstNetflix {
    @Test
    void isNetflixStepForStepProbesIncluded() {
      for (int seed = 0; seed < 300; seed++) {
        Random random = new Random(seed);
        int initial = 1 + random.nextInt(150);
        int max = initial + random.nextInt(1_000);
        int alpha = 1 + random.nextInt(5);
        int beta = alpha + random.nextInt(5);
        double smoothing = random.nextBoolean() ? 1 : 0.05 + 0.95 * random.nextDouble();
        int probe = 1 + random.nextInt(40);
        com.netflix.concurrency.limits.limit.VegasLimit theirs =
            com.netflix.concurrency.limits.limit.VegasLimit.newBuilder()
                .initialLimit(initial)
                .maxConcurrency(max)
                .alphaFunction(limit -> alpha * f(limit))
                .betaFunction(limit -> beta * f(limit))
                .smoothing(smoothing)
                .probeMultiplier(probe)
                .build();
        StepForStep.same(
            new VegasLimit(initial, 1, max, alpha, beta, smoothing, probe, 1, 0, Drops.EACH),
            new NetflixTwin(theirs),
            seed);
      }
    }

    @Test
    void theDefaultsAreEqualToo() {
      for (int seed = 0; seed < 300; seed++) {
        StepForStep.same(
            vegas(""),
            new NetflixTwin(com.netflix.concurrency.limits.limit.VegasLimit.newDefault()),
            seed);
      }
    }

    @Test
    void aRequestThatTookNoTimeTookOneNanosecondWhereTheOriginalThrows() {
      assertThat(vegas("").next(20, TestSample.success(0, 0, 20))).isEqualTo(20);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  com.netflix.concurrency.limits.limit.VegasLimit.newDefault()
                      .onSample(0, 0, 20, false));
    }

    private static int f(int limit) {
      return Math.max(1, (int) Math.log10(limit));
    }
  }
}
