package shedlab.gatling.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.gatling.load.ClientBehaviour;
import shedlab.gatling.load.LoadJob;
import shedlab.gatling.load.LoadResult;
import shedlab.gatling.load.LoadResult.Lateness;
import shedlab.gatling.result.Attempts;
import shedlab.gatling.result.Check;
import shedlab.gatling.result.Latency;
import shedlab.gatling.result.Outcomes;
import shedlab.load.LoadProfile.Segment;

class ValidityTest {
  private static final Experiment EXPERIMENT =
      Experiment.load(Path.of("experiments/overload.properties"), "default", Map.of());
  private static final Cell CELL = new Cell("netty-1-fixed-2.0x-r1", "netty", "fixed", "", 2, 1);
  private static final Capacity CAPACITY = new Capacity(200, 195, 205, 0.99);
  private static final Samples STEADY = samples(200, 200);
  private static final Lateness ON_TIME = new Lateness(80, 400, 2_000);

  /** 1,000 requests: 500 good, 20 late, 450 shed, 30 timed out. */
  private static final Outcomes WHOLE = new Outcomes(500, 20, 450, 0, 30, 0);

  private static LoadResult load(Outcomes whole, Lateness lateness, double cpu, long gatlingOk) {
    LoadJob job =
        new LoadJob(
            "cell",
            "http://127.0.0.1:8080",
            List.of(new Segment(200, 5)),
            "poisson",
            1,
            100,
            "deterministic",
            250,
            1_000,
            1,
            false,
            Map.of(),
            ClientBehaviour.PLAIN);
    Latency latency = new Latency(500, 1, 2, 3, 4, 5, 2);
    return new LoadResult(
        LoadResult.FORMAT,
        job,
        0,
        whole,
        whole,
        4,
        1_000,
        1_000,
        0,
        tries(whole),
        tries(whole),
        List.of(),
        latency,
        latency,
        latency,
        latency,
        latency,
        lateness,
        1,
        cpu,
        0,
        gatlingOk,
        1_000 - gatlingOk,
        Map.of(),
        Map.of());
  }

  private static Attempts tries(Outcomes whole) {
    return new Attempts(
        whole.total(), whole.ok(), whole.shed(), whole.total() - whole.ok() - whole.shed());
  }

  /** Half a second at one rate of completions, then as long at another. */
  private static Samples samples(int first, int second) {
    StringBuilder csv =
        new StringBuilder("epoch_micros,limit,inflight,waiting,completed,cpu_micros\n");
    int completed = 0;
    for (int i = 0; i <= 10; i++) {
      csv.append(i * 100_000 + ",4,4,0," + completed + ",0\n");
      completed += (i < 5 ? first : second) / 10;
    }
    return Samples.parse(csv.toString());
  }

  private static ServerCounts server(long admitted, long shed) {
    return new ServerCounts(
        0,
        0,
        admitted + shed,
        admitted,
        Map.of("limit", shed, "full", 0L, "expired", 0L, "abandoned", 0L));
  }

  private static List<String> broken(
      LoadResult load, ServerCounts server, Capacity capacity, double cpu, double steal) {
    return Validity.of(CELL, EXPERIMENT, capacity, load, server, STEADY, cpu, steal).stream()
        .filter(check -> !check.ok())
        .map(Check::name)
        .toList();
  }

  @Test
  void holdsWhenAllWitnessesTellTheSameAndBothSidesHadRoom() {
    // The 30 that gave up had been admitted.
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(550, 450), CAPACITY, 0.99, 0))
        .isEmpty();
  }

  @Test
  void breaksWhenTheServerCountedAnAnswerThatNobodyMisses() {
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(551, 450), CAPACITY, 0.99, 0))
        .containsExactly("server: admitted - 200s", "server: received - answered");
  }

  @Test
  void breaksWhenTheClientHas429sThatTheServerDoesNotKnow() {
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(550, 449), CAPACITY, 0.99, 0))
        .containsExactly("server: shed - 429s");
  }

  @Test
  void breaksWhenGatlingsOwnLogCountsOtherwise() {
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 519), server(550, 450), CAPACITY, 0.99, 0))
        .containsExactly("Gatling's log: 200s");
  }

  @Test
  void breaksWhenARequestIsNotAccountedFor() {
    Outcomes oneMissing = new Outcomes(500, 20, 450, 0, 29, 0);
    assertThat(broken(load(oneMissing, ON_TIME, 0.3, 520), server(549, 450), CAPACITY, 0.99, 0))
        .containsExactly("sum of outcomes", "Gatling's log: requests");
  }

  @Test
  void breaksWhenTheGeneratorWasLateOrBusy() {
    Lateness late = new Lateness(80, 12_501, 90_000);
    assertThat(broken(load(WHOLE, late, 0.71, 520), server(550, 450), CAPACITY, 0.99, 0))
        .containsExactly("p99 of start lateness, ms", "generator CPU");
  }

  @Test
  void breaksWhenTheServerHadTimeToSpareAboveCapacityOrTheMachineWasShared() {
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(550, 450), CAPACITY, 0.79, 0.02))
        .containsExactly("server CPU", "steal");
  }

  @Test
  void breaksWhenTheServerGotFasterOrSlowerMeanwhile() {
    for (Samples drifting : List.of(samples(200, 160), samples(160, 200))) {
      LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
      assertThat(Validity.of(CELL, EXPERIMENT, CAPACITY, load, server(550, 450), drifting, 0.99, 0))
          .filteredOn(check -> !check.ok())
          .extracting(Check::name)
          .containsExactly("second half / first, completed");
    }
  }

  @Test
  void breaksWhenTheCapacityWasNotMeasuredAtFullLoad() {
    Capacity idle = new Capacity(200, 195, 205, 0.89);
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(550, 450), idle, 0.99, 0))
        .containsExactly("server CPU in calibration");
  }

  @Test
  void breaksWhenTheServerAnswersMoreThanItsCapacity() {
    Capacity low = new Capacity(181, 176, 186, 0.99); // and 200/s are completed
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(550, 450), low, 0.99, 0))
        .containsExactly("completed / capacity");
  }

  @Test
  void theoryIsAskedAboutASemaphoreAlone() {
    assertThat(Prediction.shedShare("fixed:limit=1", 1, 0.5)).isEqualTo(1.0 / 3);
    assertThat(Prediction.shedShare("fixed:limit=4+fifo:capacity=16,timeout=200ms", 1, 2)).isNull();
    assertThat(Prediction.shedShare("none", 1, 2)).isNull();
  }
}
