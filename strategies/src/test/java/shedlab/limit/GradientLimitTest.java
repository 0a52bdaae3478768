package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.netflix.concurrency.limits.limit.functions.SquareRootFunction;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.TestSample;

class GradientLimitTest {
  private static Limit gradient(String arguments) {
    return GradientLimit.DEFINITION.make(GradientLimit.DEFINITION.parse(arguments));
  }

  @Nested
  class WithoutProbes extends LimitContract {
    @Override
    protected Limit fresh() {
      return new GradientLimit(10, 2, 30, 0.5, 3, 2, 0, 0.8, Drops.EACH);
    }

    @Override
    protected int least() {
      return 3; // the headroom
    }

    @Override
    protected int greatest() {
      return 30;
    }

    @Override
    protected int allowance() {
      return 6; // half of six, and the headroom
    }

    @ParameterizedTest(name = "{0} with {1} in flight, {2} ns, {3} -> {4}")
    @CsvSource({
      "10,  5,  200, SUCCESS, 13", // as slow as tolerated: the headroom more
      "10,  4,  200, SUCCESS, 10", // less than half in use: nothing learnt
      "10,  5,  250, SUCCESS, 11", // gradient 0.8: 8 + 3, growth is not smoothed
      "10,  5,  400, SUCCESS,  9", // gradient 0.5: 5 + 3, half of the way
      "10,  5, 9999, SUCCESS,  9", // never less than a half
      "10,  1,  100, DROPPED,  9", // 8, half of the way, however fast and however few
      "25, 25,  100, SUCCESS, 30", // the headroom is the square root if that is more
      "29, 29,  100, SUCCESS, 30", // never above max
      " 3,  1,  100, DROPPED,  3" // never below the headroom
    })
    void scalesByHowMuchSlower(int before, int inflight, long elapsed, Outcome outcome, int after) {
      Limit limit = new GradientLimit(before, 2, 30, 0.5, 3, 2, 0, 0.8, Drops.EACH);
      limit.next(before, TestSample.success(0, 100, 1)); // the baseline
      assertThat(limit.next(before, new TestSample(0, 0, elapsed, inflight, outcome)))
          .isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({"4, 12", "8, 20", "16, 38", "64, 139"})
    void onSaturatedCoresItSettlesAtTheToleratedLoadAndTheHeadroom(int cores, int expected) {
      int settled = new SaturatedCores(cores).after(20_000, gradient("probe=0"));
      assertThat(settled).isCloseTo(expected, within(1));
      int headroom = Math.max(4, (int) Math.sqrt(expected));
      assertThat(2 * cores + headroom).isEqualTo(expected);
    }

    @Test
    void onOneSaturatedCoreItSettlesAtTwiceTheHeadroomForItNeverMoreThanHalves() {
      assertThat(new SaturatedCores(1).after(20_000, gradient("probe=0"))).isEqualTo(2 * 4);
    }

    @Test
    void maxHoldsEvenBelowTheHeadroomWhereTheOriginalExceedsIt() {
      Limit ours = gradient("initial=1,max=2");
      ours.next(1, TestSample.success(0, 100, 1));
      assertThat(ours.next(1, TestSample.success(0, 100, 2))).isEqualTo(2);

      var theirs =
          com.netflix.concurrency.limits.limit.GradientLimit.newBuilder()
              .initialLimit(1)
              .maxConcurrency(2)
              .build();
      theirs.onSample(0, 100, 1, false);
      assertThat(theirs.getLimit()).isEqualTo(4);
    }
  }

  @Nested
  class LibraryDefaults extends LimitContract {
    @Override
    protected Limit fresh() {
      return gradient("");
    }

    @Override
    protected int least() {
      return 4;
    }

    @Override
    protected int greatest() {
      return 1000;
    }

    @Override
    protected int allowance() {
      return 8;
    }

    @Test
    void areThoseOfTheLibrary() {
      assertThat(GradientLimit.DEFINITION.parse(""))
          .hasToString(
              "gradient:initial=50,min=1,max=1000,smoothing=0.2,queue=4,tolerance=2.0,"
                  + "probe=1000,ratio=0.9,drops=each");
    }

    @Test
    void aProbeFallsToTheHeadroomAndForgetsTheBaseline() {
      Limit limit = fresh();
      int inForce = limit.next(50, TestSample.success(0, 100, 1));
      int samples = 1;
      while (inForce == 50) {
        inForce = limit.next(inForce, TestSample.success(0, 1_000, 1)); // idle: no other change
        samples++;
      }
      assertThat(samples).isBetween(1_001, 2_001);
      assertThat(inForce).isEqualTo(7); // the root of 50
      // Ten times the old baseline is the new one, so the limit grows.
      assertThat(limit.next(7, TestSample.success(0, 1_000, 7))).isEqualTo(11);
    }
  }

  /** Differences: {@code initial} and the headroom within bounds, a request that took no time. */
  @Nested
  class AgainstNetflix {
    @Test
    void isNetflixStepForStepProbesIncluded() {
      for (int seed = 0; seed < 300; seed++) {
        Random random = new Random(seed);
        int min = 1 + random.nextInt(20);
        int initial = min + random.nextInt(150);
        int max = initial + random.nextInt(1_000);
        double smoothing = random.nextBoolean() ? 1 : 0.05 + 0.95 * random.nextDouble();
        int queue = 1 + random.nextInt(Math.min(max, 10));
        double tolerance = 1 + 2 * random.nextDouble();
        int probe = 50 + random.nextInt(200);
        double ratio = 0.5 + 0.4999 * random.nextDouble();
        var theirs =
            com.netflix.concurrency.limits.limit.GradientLimit.newBuilder()
                .initialLimit(initial)
                .minLimit(min)
                .maxConcurrency(max)
                .smoothing(smoothing)
                .queueSize(SquareRootFunction.create(queue))
                .rttTolerance(tolerance)
                .probeInterval(probe)
                .backoffRatio(ratio)
                .build();
        StepForStep.same(
            new GradientLimit(
                initial, min, max, smoothing, queue, tolerance, probe, ratio, Drops.EACH),
            new NetflixTwin(theirs, probe),
            seed);
      }
    }

    @Test
    void theDefaultsAreEqualToo() {
      for (int seed = 0; seed < 300; seed++) {
        StepForStep.same(
            gradient(""),
            new NetflixTwin(
                com.netflix.concurrency.limits.limit.GradientLimit.newBuilder().build(), 1_000),
            seed);
      }
    }

    @Test
    void aRequestThatTookNoTimeTookOneNanosecondWhereTheOriginalAdmitsNobodyEverAgain() {
      Limit ours = gradient("");
      var theirs = com.netflix.concurrency.limits.limit.GradientLimit.newBuilder().build();
      int inForce = ours.next(50, TestSample.success(0, 0, 50));
      theirs.onSample(0, 0, 50, false);
      assertThat(inForce).isEqualTo(57);
      assertThat(theirs.getLimit()).isZero();

      theirs.onSample(0, 1_000, 50, false);
      assertThat(theirs.getLimit()).isZero();
    }
  }
}
