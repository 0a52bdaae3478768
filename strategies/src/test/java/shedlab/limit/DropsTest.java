package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.admission.TestSample.success;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.TestSample;
import shedlab.spec.Definition;

/** The figures that the documentation of limits gives for dropped requests, and what tuned does. */
class DropsTest {
  private static final long MS = 1_000_000;
  private static final String TUNED = "profile=tuned,deadline=100ms,workers=4,";

  private long now;
  private int inForce;

  /** After one drop of 1 ms, requests of 20 ms look twenty times too slow. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"drops=each | 8", "drops=incident | 100", "drops=ignored | 8"})
  void oneFastDropSpoilsTheBaselineOfGradientForEverUnlessItIsNoSample(String drops, int after) {
    Limit limit = limit(GradientLimit.DEFINITION, "initial=50,max=100,probe=0," + drops);
    fastAndThenOneDropOfAMillisecond(limit);
    feed(limit, 10_000, 20 * MS, Outcome.SUCCESS);

    assertThat(inForce).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"drops=each | 20", "drops=incident | 39", "drops=ignored | 40"})
  void twentyDropsOfOneIncidentCutVegasTwentyTimesUnlessTheyAreOne(String drops, int after) {
    Limit limit = limit(VegasLimit.DEFINITION, "initial=20,max=40,probe=1000," + drops);
    feed(limit, 100, 20 * MS, Outcome.SUCCESS);
    assertThat(inForce).isEqualTo(40);
    feedAtOnce(limit, 20, 20 * MS);

    assertThat(inForce).isEqualTo(after);
  }

  /** Two incidents: who was admitted after the first cut tells something new. */
  @Test
  void theNextIncidentCutsAgain() {
    Limit limit = limit(VegasLimit.DEFINITION, "initial=20,max=40,probe=1000,drops=incident");
    feed(limit, 100, 20 * MS, Outcome.SUCCESS);
    feedAtOnce(limit, 20, 20 * MS);
    now += 20 * MS;
    feedAtOnce(limit, 20, 20 * MS);

    assertThat(inForce).isEqualTo(38);
  }

  /** On 40 cores, 40 in flight take as long as one: the limit may grow. */
  @ParameterizedTest
  @CsvSource({"ignored, false", "each, true", "incident, true"})
  void afterAFastDropQuarkusVegasTakesEveryRequestForAQueueUnlessItIsNoSample(
      String drops, boolean grows) {
    Limit limit = limit(VegasQuarkusLimit.DEFINITION, "initial=40,probe=1000,drops=" + drops);
    fastAndThenOneDropOfAMillisecond(limit);
    int before = inForce;
    feed(limit, 100, 20 * MS, Outcome.SUCCESS);

    assertThat(inForce > before).isEqualTo(grows);
  }

  @ParameterizedTest
  @CsvSource({"ignored, 8", "each, 1", "incident, 40"})
  void fastDropsMakeGradient2TakeUsualTimesForSlowUnlessTheyAreNoSamples(String drops, int after) {
    Limit limit = limit(Gradient2Limit.DEFINITION, "initial=20,min=1,max=40,drops=" + drops);
    feed(limit, 1_000, 20 * MS, Outcome.SUCCESS);
    feedAtOnce(limit, 400, MS);
    int lowest = Limit.MAX;
    for (int i = 0; i < 50; i++) {
      feed(limit, 1, 20 * MS, Outcome.SUCCESS);
      lowest = Math.min(lowest, inForce);
    }

    assertThat(lowest).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({"vegas", "gradient", "gradient2", "vegas-quarkus"})
  void aTunedLimitCutsOnceForAnIncidentAndLearnsNoTimeFromIt(String name) {
    Definition<Limit> definition =
        switch (name) {
          case "vegas" -> VegasLimit.DEFINITION;
          case "gradient" -> GradientLimit.DEFINITION;
          case "gradient2" -> Gradient2Limit.DEFINITION;
          default -> VegasQuarkusLimit.DEFINITION;
        };
    Limit once = limit(definition, TUNED + "max=64,initial=64");
    feed(once, 1, 20 * MS, Outcome.SUCCESS);
    feedAtOnce(once, 1, MS);
    int afterOne = inForce;
    Limit often = limit(definition, TUNED + "max=64,initial=64");
    feed(often, 1, 20 * MS, Outcome.SUCCESS);
    feedAtOnce(often, 20, MS);

    assertThat(inForce).isEqualTo(afterOne).isBetween(57, 63);
    feed(often, 200, 20 * MS, Outcome.SUCCESS);
    assertThat(inForce).isEqualTo(64);
  }

  private Limit limit(Definition<Limit> definition, String arguments) {
    Limit limit = definition.make(definition.parse(arguments));
    inForce = limit.initial();
    return limit;
  }

  private void fastAndThenOneDropOfAMillisecond(Limit limit) {
    feed(limit, 100, 20 * MS, Outcome.SUCCESS);
    feed(limit, 1, MS, Outcome.DROPPED);
  }

  /** One after the other, each with all permits in use. */
  private void feed(Limit limit, int times, long elapsedNanos, Outcome outcome) {
    for (int i = 0; i < times; i++) {
      now += MS;
      inForce = limit.next(inForce, success(now, elapsedNanos, inForce).with(outcome));
    }
  }

  /** All dropped at the same moment. */
  private void feedAtOnce(Limit limit, int times, long elapsedNanos) {
    for (int i = 0; i < times; i++) {
      TestSample dropped = success(now, elapsedNanos, inForce).with(Outcome.DROPPED);
      inForce = limit.next(inForce, dropped);
    }
  }
}
