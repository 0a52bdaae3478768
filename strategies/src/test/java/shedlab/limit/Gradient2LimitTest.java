package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.TestSample;
import shedlab.limit.Gradient2Limit.Headroom;

class Gradient2LimitTest {
  private static Limit gradient2(String arguments) {
    return Gradient2Limit.DEFINITION.make(Gradient2Limit.DEFINITION.parse(arguments));
  }

  /** A limit that remembers 100 ns for long. */
  private static Limit remembering100(int initial, Headroom headroom, Drops drops) {
    Limit limit = new Gradient2Limit(initial, 2, 30, 0.5, 4, 1.5, 1_000_000, headroom, drops);
    for (int i = 0; i < 10; i++) {
      limit.next(initial, TestSample.success(0, 100, 0)); // idle
    }
    return limit;
  }

  @Nested
  class WithItsFixes extends LimitContract {
    @Override
    protected Limit fresh() {
      return new Gradient2Limit(10, 2, 30, 0.5, 4, 1.5, 600, Headroom.FLAT, Drops.EACH);
    }

    @Override
    protected int least() {
      return 2;
    }

    @Override
    protected int greatest() {
      return 30;
    }

    @Override
    protected int allowance() {
      return 30; // the average takes lateness that lasts for the new normal
    }

    @ParameterizedTest(name = "{0} with {1} in flight, {2} ns, {3} -> {4}")
    @CsvSource({
      "10,  5,  150, SUCCESS, 12", // as slow as tolerated: half of the headroom more
      "10,  4,  150, SUCCESS, 10", // less than half in use: nothing learnt
      "10,  5,  200, SUCCESS,  8", // gradient 0.75: half of the way to 7.5, no headroom
      "10,  5, 9999, SUCCESS,  7", // gradient 0.5: half of the way to 5
      " 3,  3, 9999, SUCCESS,  2", // also where the headroom would outweigh it
      "10,  1,  100, DROPPED,  9", // half of the way to 9
      "30, 30,  100, SUCCESS, 30",
      " 2,  1,  100, DROPPED,  2"
    })
    void shrinksWheneverSlowerThanTolerated(
        int before, int inflight, long elapsed, Outcome outcome, int after) {
      Limit limit = remembering100(before, Headroom.FLAT, Drops.EACH);
      assertThat(limit.next(before, new TestSample(0, 0, elapsed, inflight, outcome)))
          .isEqualTo(after);
    }
  }

  @Nested
  class LibraryDefaults extends LimitContract {
    @Override
    protected Limit fresh() {
      return gradient2("");
    }

    @Override
    protected int least() {
      return 20;
    }

    @Override
    protected int greatest() {
      return 200;
    }

    @Override
    protected int allowance() {
      return 200; // the average takes lateness that lasts for the new normal
    }

    @Override
    protected boolean heedsDrops() {
      return false;
    }

    @Test
    void areThoseOfTheLibrary() {
      assertThat(Gradient2Limit.DEFINITION.parse(""))
          .hasToString(
              "gradient2:initial=20,min=20,max=200,smoothing=0.2,queue=4,tolerance=1.5,"
                  + "long-window=600,headroom=always,drops=ignored");
    }

    @ParameterizedTest(name = "{0} with {1} in flight, {2} ns, {3} -> {4}")
    @CsvSource({
      "10,  5,  150, SUCCESS, 12", // as slow as tolerated: half of the headroom more
      "10,  5,  200, SUCCESS, 10", // gradient 0.75: half of the way to 7.5 + 4
      "10,  5, 9999, SUCCESS,  9", // gradient 0.5: half of the way to 5 + 4
      " 3,  3, 9999, SUCCESS,  4", // the headroom outweighs it: it grows, however slow
      "10,  5,  100, DROPPED, 12" // a drop is nothing
    })
    void addTheHeadroomHoweverSlow(
        int before, int inflight, long elapsed, Outcome outcome, int after) {
      Limit limit = remembering100(before, Headroom.ALWAYS, Drops.IGNORED);
      assertThat(limit.next(before, new TestSample(0, 0, elapsed, inflight, outcome)))
          .isEqualTo(after);
    }

    @Test
    void onSaturatedCoresTheyDriftToTheCeiling() {
      assertThat(new SaturatedCores(4).after(20_000, fresh())).isEqualTo(200);
    }

    @Test
    void theirFloorIsAboveTheCoresOfASmallMachineHoweverSlowItIs() {
      Limit limit = fresh();
      limit.next(20, TestSample.success(0, 1, 20));
      for (int i = 1; i < 100; i++) {
        assertThat(limit.next(20, TestSample.success(0, 1L << (i / 2), 20))).isBetween(20, 30);
      }
      Limit lower = gradient2("min=1,headroom=flat");
      int inForce = 20;
      for (int i = 0; i < 62; i++) {
        inForce = lower.next(inForce, TestSample.success(0, 1L << i, inForce));
      }
      assertThat(inForce).isOne();
    }

    @Test
    void onceTheLoadHasGoneTheyForgetItFasterThanItCame() {
      Limit limit = gradient2("min=1,queue=0,tolerance=1.0,smoothing=1.0,initial=100");
      for (int i = 0; i < 10; i++) {
        limit.next(100, TestSample.success(0, 1_000, 1));
      }
      for (int i = 0; i < 20; i++) {
        limit.next(100, TestSample.success(0, 100, 1)); // 1,000 * 0.95^20 is 358
      }
      // Were it 1,000 still (or 1,000 less 20 of 600 parts), 500 would not be slow.
      assertThat(limit.next(100, TestSample.success(0, 500, 100))).isLessThan(80);
    }
  }

  /** Differences: {@code initial} within bounds, and a request that took no time. */
  @Nested
  class AgainstNetflix {
    @Test
    void isNetflixStepForStep() {
      for (int seed = 0; seed < 300; seed++) {
        Random random = new Random(seed);
        int min = 1 + random.nextInt(20);
        int initial = min + random.nextInt(100);
        int max = initial + random.nextInt(300);
        double smoothing = random.nextBoolean() ? 1 : 0.05 + 0.95 * random.nextDouble();
        int queue = random.nextInt(10);
        double tolerance = 1 + random.nextDouble();
        int longWindow = 10 + random.nextInt(1_000);
        var theirs =
            com.netflix.concurrency.limits.limit.Gradient2Limit.newBuilder()
                .initialLimit(initial)
                .minLimit(min)
                .maxConcurrency(max)
                .smoothing(smoothing)
                .queueSize(queue)
                .rttTolerance(tolerance)
                .longWindow(longWindow)
                .build();
        StepForStep.same(
            new Gradient2Limit(
                initial,
                min,
                max,
                smoothing,
                queue,
                tolerance,
                longWindow,
                Headroom.ALWAYS,
                Drops.IGNORED),
            new NetflixTwin(theirs),
            seed);
      }
    }

    @Test
    void theDefaultsAreEqualToo() {
      for (int seed = 0; seed < 300; seed++) {
        StepForStep.same(
            gradient2(""),
            new NetflixTwin(com.netflix.concurrency.limits.limit.Gradient2Limit.newDefault()),
            seed);
      }
    }

    @Test
    void aRequestThatTookNoTimeTookOneNanosecondWhereTheOriginalAdmitsNobodyEverAgain() {
      Limit ours = gradient2("");
      var theirs = com.netflix.concurrency.limits.limit.Gradient2Limit.newDefault();
      int inForce = 20;
      for (int i = 0; i < 10; i++) {
        inForce = ours.next(inForce, TestSample.success(0, 0, 20));
        theirs.onSample(0, 0, 20, false);
      }
      assertThat(inForce).isGreaterThan(20);
      assertThat(theirs.getLimit()).isZero();

      theirs.onSample(0, 1_000, 20, false);
      assertThat(theirs.getLimit()).isZero();
    }
  }
}
