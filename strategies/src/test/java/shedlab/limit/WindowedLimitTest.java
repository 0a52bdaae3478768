package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.limit.window.AverageSampleWindowFactory;
import com.netflix.concurrency.limits.limit.window.PercentileSampleWindowFactory;
import com.netflix.concurrency.limits.limit.window.SampleWindowFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Sample;
import shedlab.admission.TestSample;
import shedlab.limit.AimdLimit.Pace;
import shedlab.spec.Definition;

class WindowedLimitTest {
  private static Limit windowed(Definition<Limit> inner, String arguments) {
    Definition<Limit> definition = WindowedLimit.around(inner);
    return definition.make(definition.parse(arguments));
  }

  /** Short windows, so that the contract's samples fill many of them. */
  @Nested
  class InFrontOfAimd extends LimitContract {
    @Override
    protected Limit fresh() {
      return new WindowedLimit(new AimdLimit(10, 2, 12, 0.75, 100, Pace.SAMPLE), 1_000, 1, 0, 0);
    }

    @Override
    protected int least() {
      return 2;
    }

    @Override
    protected int greatest() {
      return 12;
    }
  }

  @Nested
  class InFrontOfVegas extends LimitContract {
    @Override
    protected Limit fresh() {
      return new WindowedLimit(
          new VegasLimit(10, 2, 50, 3, 6, 1, 30, 1, 100_000, Drops.EACH), 1_000, 1, 0, 0.9);
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
      return 3;
    }
  }

  @Nested
  class InFrontOfGradient extends LimitContract {
    @Override
    protected Limit fresh() {
      return new WindowedLimit(
          new GradientLimit(10, 2, 30, 0.5, 3, 2, 0, 0.8, Drops.EACH), 1_000, 1, 0, 0);
    }

    @Override
    protected int least() {
      return 3;
    }

    @Override
    protected int greatest() {
      return 30;
    }

    @Override
    protected int allowance() {
      return 6;
    }
  }

  @Nested
  class InFrontOfGradient2 extends LimitContract {
    @Override
    protected Limit fresh() {
      return windowed(Gradient2Limit.DEFINITION, "window=1us,floor=none,samples=1");
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
      return 200;
    }

    @Override
    protected boolean heedsDrops() {
      return false;
    }
  }

  @Nested
  class WhatAWindowTells {
    private final List<TestSample> told = new ArrayList<>();

    private final Limit recording =
        new Limit() {
          @Override
          public int initial() {
            return 5;
          }

          @Override
          public int next(int limit, Sample s) {
            told.add(
                new TestSample(
                    s.completedNanos(),
                    s.waitedNanos(),
                    s.elapsedNanos(),
                    s.inflight(),
                    s.outcome()));
            return 7;
          }
        };

    private Limit opened(int samples, long floor, double quantile) {
      Limit limit = new WindowedLimit(recording, 100, samples, floor, quantile);
      limit.next(5, TestSample.success(0, 1_000, 1)); // a window by itself; the next ends at 100
      told.clear();
      return limit;
    }

    @Test
    void averagesTheMostInFlightAndTheLastCompletion() {
      Limit limit = opened(3, 0, 0);
      assertThat(limit.next(5, new TestSample(10, 1, 20, 3, Outcome.SUCCESS))).isEqualTo(5);
      assertThat(limit.next(5, new TestSample(100, 2, 30, 9, Outcome.SUCCESS))).isEqualTo(5);
      assertThat(limit.next(5, new TestSample(101, 9, 42, 4, Outcome.SUCCESS))).isEqualTo(7);
      assertThat(told).containsExactly(new TestSample(101, 4, 30, 9, Outcome.SUCCESS));
    }

    @Test
    void theAverageCpuTimeWhateverElseTheRequestsWaitedFor() {
      List<Long> cpu = new ArrayList<>();
      Limit seeing =
          new Limit() {
            @Override
            public int initial() {
              return 5;
            }

            @Override
            public int next(int limit, Sample s) {
              cpu.add(s.cpuNanos());
              return limit;
            }
          };
      Limit limit = new WindowedLimit(seeing, 100, 1, 0, 0);
      RecordingTicket ticket = new RecordingTicket("t", new ArrayList<>());
      limit.next(5, ticket.completed(0, 0, 90, 1, Outcome.SUCCESS).used(7));
      limit.next(5, ticket.completed(50, 0, 90, 1, Outcome.SUCCESS).used(10));
      limit.next(5, ticket.completed(101, 0, 90, 1, Outcome.SUCCESS).used(20));
      assertThat(cpu).containsExactly(7L, 15L);
    }

    @Test
    void oneDropOfItsWindowAndOfNoOther() {
      Limit limit = opened(1, 0, 0);
      limit.next(5, TestSample.dropped(50, 10, 1));
      limit.next(5, TestSample.success(150, 10, 1));
      limit.next(5, TestSample.success(300, 10, 1));
      assertThat(told)
          .extracting(TestSample::outcome)
          .containsExactly(Outcome.DROPPED, Outcome.SUCCESS);
      assertThat(told).extracting(TestSample::elapsedNanos).containsExactly(10L, 10L);
    }

    @Test
    void nothingOfAWindowWithTooFewNorOfRequestsBelowTheFloor() {
      Limit limit = opened(2, 10, 0);
      limit.next(5, TestSample.dropped(200, 9, 99)); // too fast to count, or to close the window
      limit.next(5, TestSample.success(200, 10, 1)); // closes it, alone
      limit.next(5, TestSample.success(250, 10, 1));
      assertThat(told).isEmpty();
      limit.next(5, TestSample.success(301, 20, 1));
      assertThat(told).containsExactly(TestSample.success(301, 15, 1));
    }

    @ParameterizedTest
    @CsvSource({"0.01, 1", "0.5, 10", "0.9, 18", "0.99, 20", "1, 20"})
    void theSlowestOfItsFastestShare(double quantile, long expected) {
      Limit limit = opened(20, 0, quantile);
      for (int i = 0; i < 20; i++) {
        limit.next(5, TestSample.success(i == 19 ? 101 : i, 1 + (7 * i) % 20, 1));
      }
      assertThat(told).extracting(TestSample::elapsedNanos).containsExactly(expected);
    }

    @Test
    void dropsBeyondAPercentilesThousandthRequestWhichTheOriginalOverlooks() {
      Limit limit = opened(1_000, 0, 0.5);
      for (int i = 0; i < 1_000; i++) {
        limit.next(5, TestSample.success(1, 10, 1));
      }
      limit.next(5, TestSample.dropped(2, 999, 8));
      limit.next(5, TestSample.success(101, 999, 1));
      assertThat(told).containsExactly(TestSample.dropped(101, 10, 8));
    }

    @Test
    void atTheEndOfAWindowAlsoWhenTheClockOverflows() {
      Limit limit = new WindowedLimit(recording, 100, 1, 0, 0);
      long end = Long.MAX_VALUE;
      limit.next(5, TestSample.success(end - 50, 10, 1));
      told.clear();
      limit.next(5, TestSample.success(end, 10, 1));
      assertThat(told).isEmpty();
      limit.next(5, TestSample.success(end + 51, 10, 1));
      assertThat(told).hasSize(1);
    }
  }

  @Test
  void isNamedAfterItsLimitAndTakesBothParameters() {
    assertThat(WindowedLimit.around(Gradient2Limit.DEFINITION).parse("min=1,window=250ms"))
        .hasToString(
            "gradient2-windowed:initial=20,min=1,max=200,smoothing=0.2,queue=4,tolerance=1.5,"
                + "long-window=600,headroom=always,drops=ignored,"
                + "window=250ms,samples=10,floor=100us,quantile=0.0");
  }

  @Test
  void learnsIfItsLimitDoes() {
    assertThat(windowed(VegasLimit.DEFINITION, "").learns()).isTrue();
    assertThat(windowed(FixedLimit.DEFINITION, "limit=3").learns()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void vegasInWindowsSettlesWhereItDoesWithout(int cores) {
    Limit limit = windowed(VegasLimit.DEFINITION, "probe-below=0.5,baseline=10ms");
    assertThat(new SaturatedCores(cores).after(1_000_000, limit)).isBetween(cores + 3, cores + 6);
  }

  /** The first window and all later ones, with probes. */
  @Nested
  class AgainstNetflix {
    @Test
    void vegasIsNetflixStepForStep() {
      for (int seed = 0; seed < 200; seed++) {
        var theirs =
            com.netflix.concurrency.limits.limit.VegasLimit.newBuilder().probeMultiplier(1).build();
        Definition<Limit> ours = VegasLimit.DEFINITION;
        stepForStep(ours.make(ours.parse("probe=1")), theirs, new NetflixTwin(theirs), seed);
      }
    }

    @Test
    void gradientIsNetflixStepForStep() {
      for (int seed = 0; seed < 200; seed++) {
        var theirs =
            com.netflix.concurrency.limits.limit.GradientLimit.newBuilder()
                .probeInterval(7)
                .build();
        Definition<Limit> ours = GradientLimit.DEFINITION;
        stepForStep(ours.make(ours.parse("probe=7")), theirs, new NetflixTwin(theirs, 7), seed);
      }
    }

    @Test
    void gradient2IsNetflixStepForStep() {
      for (int seed = 0; seed < 200; seed++) {
        var theirs = com.netflix.concurrency.limits.limit.Gradient2Limit.newDefault();
        Definition<Limit> ours = Gradient2Limit.DEFINITION;
        stepForStep(ours.make(ours.parse("")), theirs, new NetflixTwin(theirs), seed);
      }
    }

    private static void stepForStep(
        Limit ours, com.netflix.concurrency.limits.Limit theirs, NetflixTwin twin, long seed) {
      Random random = new Random(seed);
      int millis = 100 + random.nextInt(200);
      int samples = 10 + random.nextInt(5);
      int floor = random.nextInt(3_000_000);
      double quantile = random.nextBoolean() ? 0 : 0.1 + 0.89 * random.nextDouble();
      SampleWindowFactory window =
          quantile == 0
              ? AverageSampleWindowFactory.create()
              : PercentileSampleWindowFactory.of(quantile, 1_000);
      com.netflix.concurrency.limits.Limit front =
          com.netflix.concurrency.limits.limit.WindowedLimit.newBuilder()
              .minWindowTime(millis, TimeUnit.MILLISECONDS)
              .maxWindowTime(millis, TimeUnit.MILLISECONDS)
              .windowSize(samples)
              .minRttThreshold(floor, TimeUnit.NANOSECONDS)
              .sampleWindowFactory(window)
              .build(theirs);
      StepForStep.same(
          new WindowedLimit(ours, TimeUnit.MILLISECONDS.toNanos(millis), samples, floor, quantile),
          twin.behind(front),
          seed);
    }
  }
}
