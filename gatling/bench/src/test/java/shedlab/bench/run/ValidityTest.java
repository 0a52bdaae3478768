package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.Project;
import shedlab.report.clock.ClockOffset;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.LoadResult.Lateness;
import shedlab.report.raw.ServerCsv;
import shedlab.report.raw.WorkAddress;
import shedlab.report.result.Attempts;
import shedlab.report.result.Check;
import shedlab.report.result.Judgement;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.strategy.Strategies;

class ValidityTest {
  static final Experiment EXPERIMENT =
      Experiment.load(Project.file("gatling/experiments/overload.properties"), "default", Map.of());
  static final Cell CELL = new Cell("netty-1-fixed-2.0x-r1", "netty", "fixed", "", 2, 1);
  private static final Capacity CAPACITY = new Capacity(200, 195, 205, 0.99, 800.0);
  private static final Samples STEADY = samples(200, 200);

  /** A server with nothing in flight. */
  private static final Samples IDLE =
      new Samples(
          ServerCsv.parse(
              """
              epoch_micros,limit,inflight,waiting,cpu_micros,task_cpu_micros,task_units
              0,4,0,0,0,4000,5000
              1000000,4,0,0,100000,4000,5000
              """));

  private static final Lateness ON_TIME = new Lateness(80, 400, 2_000);

  /** 1,000 requests: 500 good, 20 late, 450 shed, 30 timed out. */
  private static final Outcomes WHOLE = new Outcomes(500, 20, 450, 0, 30, 0);

  /** A load in which nothing went wrong on the side of the clients. */
  static LoadResult undisturbed() {
    return load(WHOLE, ON_TIME, 0.3, 520);
  }

  private static LoadResult load(Outcomes whole, Lateness lateness, double cpu, long gatlingOk) {
    return load(whole, lateness, cpu, cpu, 0, gatlingOk, mean(whole.ok(), 30));
  }

  private static Latency mean(long count, double millis) {
    return new Latency(count, 1, 2, 3, 4, 5, 1_000 * millis);
  }

  private static LoadResult load(
      Outcomes whole,
      Lateness lateness,
      double cpu,
      double worstCpu,
      long worstGcMillis,
      long gatlingOk,
      Latency admitted) {
    LoadJob job =
        new LoadJob(
            "cell",
            WorkAddress.of("http://127.0.0.1:8080"),
            List.of(new Segment(200, 5)),
            "poisson",
            1,
            5_000,
            "deterministic",
            250,
            1_000,
            1,
            false,
            ClientBehaviour.PLAIN);
    Latency shed = mean(whole.shed(), 0.5);
    return LoadResult.of(
        job,
        0,
        new LoadResult.Whole(whole, 1_000, 1_000, 0, tries(whole)),
        new LoadResult.Window(
            4,
            whole,
            tries(whole),
            List.of(),
            admitted,
            shed,
            Latency.NONE,
            admitted,
            shed,
            Map.of()),
        new LoadResult.Generator(lateness, 1, cpu, 0, worstCpu, worstGcMillis),
        new LoadResult.Gatling(gatlingOk, 1_000 - gatlingOk, Map.of(), Map.of()));
  }

  private static Attempts tries(Outcomes whole) {
    return new Attempts(
        whole.total(), whole.ok(), whole.shed(), whole.total() - whole.ok() - whole.shed());
  }

  /** Half a second at one rate of completions, then half a second at another. */
  private static Samples samples(int first, int second) {
    return samples(first, second, 0, 1);
  }

  /** The same, with tasks that need so many times the CPU that they did in the calibration. */
  private static Samples samples(int first, int second, int throttledMicros, double slower) {
    StringBuilder csv =
        new StringBuilder(
            "epoch_micros,limit,inflight,waiting,completed,cpu_micros,throttled_micros,"
                + "task_cpu_micros,task_units\n");
    int completed = 0;
    for (int i = 0; i <= 10; i++) {
      csv.append(i * 100_000 + ",4,4,0," + completed + "," + i * 99_000 + ",");
      csv.append(i * throttledMicros + "," + Math.round(4_000 * slower * (completed + 1)));
      csv.append("," + 5_000 * (completed + 1) + "\n");
      completed += (i < 5 ? first : second) / 10;
    }
    return new Samples(ServerCsv.parse(csv.toString()));
  }

  static ServerCounts server(long admitted, long shed) {
    return new ServerCounts(
        0,
        admitted + shed,
        admitted,
        Map.of("limit", shed, "full", 0L, "expired", 0L, "abandoned", 0L));
  }

  private static List<String> broken(
      LoadResult load, ServerCounts server, Capacity capacity, double steal) {
    return broken(load, server, capacity, STEADY, steal);
  }

  private static List<String> broken(
      LoadResult load, ServerCounts server, Capacity capacity, Samples window, double steal) {
    return Validity.of(CELL, EXPERIMENT, capacity, load, server, window, steal).stream()
        .filter(check -> !check.ok())
        .map(Check::name)
        .toList();
  }

  /** The findings on which there is something to say. */
  private static List<String> remarkable(
      LoadResult load, ServerCounts server, Capacity capacity, Samples window, double cpu) {
    return ServerFindings.of(CELL, EXPERIMENT, capacity, load, server, window, cpu).stream()
        .filter(Judgement.Finding::remarkable)
        .map(Judgement.Finding::name)
        .toList();
  }

  @Test
  void holdsWhenAllCountsAgreeAndNeitherSideIsOverloaded() {
    // The 30 that gave up had been admitted.
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(550, 450), CAPACITY, 0)).isEmpty();
  }

  @Test
  void breaksWhenTheServerCountedAnAnswerThatNoClientKnows() {
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(551, 450), CAPACITY, 0))
        .containsExactly(
            "server: admitted - 200s", "server: received - answered", "server: received - sent");
  }

  @Test
  void breaksWhenTheClientHas429sThatTheServerDoesNotKnow() {
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(550, 449), CAPACITY, 0))
        .containsExactly("server: shed - 429s");
  }

  @Test
  void breaksWhenGatlingsOwnLogCountsDifferently() {
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 519), server(550, 450), CAPACITY, 0))
        .containsExactly("Gatling's log: 200s");
  }

  @Test
  void breaksWhenARequestIsNotAccountedFor() {
    Outcomes oneMissing = new Outcomes(500, 20, 450, 0, 29, 0);
    assertThat(broken(load(oneMissing, ON_TIME, 0.3, 520), server(549, 450), CAPACITY, 0))
        .containsExactly("sum of outcomes", "Gatling's log: requests");
  }

  @Test
  void breaksWhenTheGeneratorWasLateOrBusy() {
    Lateness late = new Lateness(80, 12_501, 90_000);
    assertThat(broken(load(WHOLE, late, 0.71, 520), server(550, 450), CAPACITY, 0))
        .containsExactly("p99 of start lateness, ms", "generator CPU");
  }

  @Test
  void eachOfSeveralLoadGeneratorsIsJudgedAndTheirStartsAreHeldAgainstEachOther() {
    LoadResult all = load(WHOLE, ON_TIME, 0.3, 520);
    ClockOffset sure = new ClockOffset(-7_000, 200_000);
    LoadResult.Generator good = all.generator();
    LoadResult.Generator late =
        new LoadResult.Generator(new Lateness(80, 13_000, 20_000), 1, 0.8, 0, 0.8, 0);
    LoadResult.Member first = new LoadResult.Member(all.whole(), good, sure, sure);
    LoadResult.Member second = new LoadResult.Member(all.whole(), late, sure, sure);
    assertThat(broken(all.by(List.of(first, first)), server(550, 450), CAPACITY, 0)).isEmpty();
    assertThat(broken(all.by(List.of(first, second)), server(550, 450), CAPACITY, 0))
        .containsExactly(
            "generator 2 of 2: p99 of start lateness, ms", "generator 2 of 2: generator CPU");

    ClockOffset drifted = new ClockOffset(26_000_000, 200_000);
    LoadResult.Member apart = new LoadResult.Member(all.whole(), good, sure, drifted);
    assertThat(broken(all.by(List.of(first, apart)), server(550, 450), CAPACITY, 0))
        .containsExactly("starts of the generators apart, ms");
  }

  @Test
  void breaksWhenTheMachineWasShared() {
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(550, 450), CAPACITY, 0.12))
        .containsExactly("steal");
  }

  @Test
  void aServerThatIsColdOnPurposeIsAFindingAndInAnyOtherCellAReasonToLeaveItOut() {
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
    Samples cold = samples(200, 200, 0, 50);
    assertThat(broken(load, server(550, 450), CAPACITY, cold, 0))
        .containsExactly("CPU per task / calibrated");

    Experiment onPurpose =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"),
            "default",
            Map.of("warm-up", "0s"));
    assertThat(Validity.of(CELL, onPurpose, CAPACITY, load, server(550, 450), cold, 0))
        .allMatch(Check::ok);
    assertThat(
            ServerFindings.of(CELL, onPurpose, CAPACITY, load, server(550, 450), cold, 0.99)
                .stream()
                .filter(Judgement.Finding::remarkable))
        .extracting(Judgement.Finding::name)
        .containsExactly("CPU per task / calibrated");
  }

  @Test
  void aServerThatIsIdleAboveItsCapacityIsAFinding() {
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
    assertThat(broken(load, server(550, 450), CAPACITY, 0)).isEmpty();
    assertThat(remarkable(load, server(550, 450), CAPACITY, STEADY, 0.79))
        .containsExactly("server CPU");
    assertThat(remarkable(load, server(550, 450), CAPACITY, STEADY, 0.81)).isEmpty();
  }

  @Test
  void aServerThatGetsFasterOrSlowerIsAFinding() {
    for (Samples drifting : List.of(samples(200, 160), samples(160, 200))) {
      LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
      assertThat(broken(load, server(550, 450), CAPACITY, drifting, 0)).isEmpty();
      assertThat(remarkable(load, server(550, 450), CAPACITY, drifting, 0.99))
          .containsExactly("completed, second half / first");
    }
  }

  @Test
  void aStrategyThatMisbehavesHasABadResultAndAValidCell() {
    Outcomes idle = new Outcomes(100, 0, 900, 0, 0, 0);
    Outcomes allOrNothing = new Outcomes(300, 200, 500, 0, 0, 0);
    Outcomes none = new Outcomes(0, 970, 0, 0, 30, 0);
    record Case(Outcomes outcomes, Samples window, double cpu, List<String> findings) {}
    List<Case> cases =
        List.of(
            new Case(idle, samples(20, 20), 0.1, List.of("server CPU")), // limit 1 for ever
            new Case(
                allOrNothing,
                samples(200, 0),
                0.5,
                List.of("server CPU", "completed, second half / first")), // every second
            new Case(none, STEADY, 1, List.of("shed share"))); // never sheds
    for (Case one : cases) {
      Outcomes all = one.outcomes;
      LoadResult load = load(all, ON_TIME, 0.3, all.ok());
      ServerCounts server = server(all.total() - all.shed(), all.shed());
      assertThat(broken(load, server, CAPACITY, one.window, 0)).isEmpty();
      assertThat(remarkable(load, server, CAPACITY, one.window, one.cpu)).containsAll(one.findings);
    }
  }

  @Test
  void breaksWhenATaskNeedsMoreOrLessCpuThanInTheCalibration() {
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
    for (double slower : new double[] {50, 1.26, 0.79}) {
      assertThat(broken(load, server(550, 450), CAPACITY, samples(200, 200, 0, slower), 0))
          .containsExactly("CPU per task / calibrated");
    }
    for (double slower : new double[] {1.24, 0.81}) {
      assertThat(broken(load, server(550, 450), CAPACITY, samples(200, 200, 0, slower), 0))
          .isEmpty();
    }
  }

  /** Four tasks of 0.1 ms are in flight all the time, and the server uses 0.99 s of CPU. */
  @Test
  void breaksWhenTheTasksInFlightUseMoreCpuThanTheyNeedAndNoneEnds() {
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
    assertThat(broken(load, server(550, 450), CAPACITY, samples(0, 0), 0))
        .containsExactly("CPU per task / calibrated");
    Capacity large = new Capacity(1, 0.9, 1.1, 0.99, 200_000.0); // of a second each
    assertThat(broken(load, server(550, 450), large, samples(0, 0), 0)).isEmpty();
  }

  @Test
  void aServerThatDoesNotTellTheCpuOfItsTasksIsNotHeldToIt() {
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
    Samples silent =
        new Samples(
            ServerCsv.parse(
                "epoch_micros,limit,inflight,waiting,cpu_micros\n0,4,4,0,0\n900000,4,4,0,800000\n"));
    assertThat(Validity.of(CELL, EXPERIMENT, CAPACITY, load, server(550, 450), silent, 0))
        .contains(
            new Check(
                "CPU per task / calibrated", "not told by the server", "any: not known", true));
  }

  @Test
  void breaksWhenTheCapacityWasNotMeasuredAtFullLoad() {
    Capacity idle = new Capacity(200, 195, 205, 0.89, 800.0);
    assertThat(broken(load(WHOLE, ON_TIME, 0.3, 520), server(550, 450), idle, 0))
        .containsExactly("server CPU in calibration");
  }

  @Test
  void aServerThatAnswersMoreThanItsCapacityIsAFinding() {
    Capacity low = new Capacity(181, 176, 186, 0.99, 800.0); // and 200/s are completed
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
    assertThat(broken(load, server(550, 450), low, 0)).isEmpty();
    assertThat(remarkable(load, server(550, 450), low, STEADY, 0.99))
        .containsExactly("completed / capacity");
  }

  @Test
  void breaksWhenTheGeneratorMissedStartsInASecondOrPausedInIt() {
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 0.91, 51, 520, mean(520, 30));
    assertThat(broken(load, server(550, 450), CAPACITY, 0))
        .containsExactly("generator CPU, worst second", "generator GC, worst second, ms");
  }

  @Test
  void breaksWhenTheServerReceivedMoreThanWasSent() {
    // A client that silently sends a lost request again.
    Outcomes lost = new Outcomes(500, 20, 450, 0, 0, 30);
    assertThat(broken(load(lost, ON_TIME, 0.3, 520), server(551, 450), CAPACITY, 0))
        .contains("server: received - sent");
  }

  /** Four in the server, 520 admitted in 4 s: 30.8 ms each. */
  @Test
  void whereLittlesLawDoesNotHoldIsAFinding() {
    Outcomes all = new Outcomes(500, 20, 480, 0, 0, 0);
    for (double millis : new double[] {30.8, 33, 28.2}) {
      LoadResult load = load(all, ON_TIME, 0.3, 0.3, 0, 520, mean(520, millis));
      assertThat(remarkable(load, server(520, 480), CAPACITY, STEADY, 0.99)).isEmpty();
    }
    for (double millis : new double[] {36, 26}) {
      LoadResult load = load(all, ON_TIME, 0.3, 0.3, 0, 520, mean(520, millis));
      assertThat(broken(load, server(520, 480), CAPACITY, 0)).isEmpty();
      assertThat(remarkable(load, server(520, 480), CAPACITY, STEADY, 0.99))
          .containsExactly("mean in the server (Little)");
    }
  }

  @Test
  void breaksWhenTheServerWasThrottled() {
    assertThat(
            Validity.of(
                CELL,
                EXPERIMENT,
                CAPACITY,
                load(WHOLE, ON_TIME, 0.3, 520),
                server(550, 450),
                samples(200, 200, 30_000, 1),
                0))
        .filteredOn(check -> !check.ok())
        .extracting(Check::name)
        .containsExactly("server throttled, s");
  }

  @Test
  void aPolicyThatNeverRefusesIsLabelledAndValid() {
    Outcomes none = new Outcomes(500, 500, 0, 0, 0, 0);
    LoadResult load = load(none, ON_TIME, 0.3, 0.3, 0, 1_000, mean(1_000, 16));
    assertThat(broken(load, server(1_000, 0), CAPACITY, 0)).isEmpty();
    assertThat(ServerFindings.of(CELL, EXPERIMENT, CAPACITY, load, server(1_000, 0), STEADY, 0.99))
        .contains(
            new Judgement.Finding(
                "shed share",
                "0.000",
                ">= 0.010",
                "The strategy hardly engaged, although there was overload."));
  }

  @Test
  void aServerThatAdmitsNobodyMayHaveTimeToSpare() {
    assertThat(List.of("reject-all+none", "none", "bucket:rate=1/s,burst=1+none"))
        .filteredOn(text -> Strategies.installed().composition(text).admitsNobody())
        .containsExactly("reject-all+none");
    Cell cell = new Cell("netty-1-reject-all-2.0x-r1", "netty", "reject-all+none", "", 2, 1);
    Outcomes all = new Outcomes(0, 0, 1_000, 0, 0, 0);
    LoadResult load = load(all, ON_TIME, 0.3, 0);
    assertThat(Validity.of(cell, EXPERIMENT, CAPACITY, load, server(0, 1_000), IDLE, 0))
        .allMatch(Check::ok);
  }

  @Test
  void aCellThatIsDisturbedOnPurposeNeedNotBeSteady() {
    Experiment drop =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"),
            "default",
            Map.of("capacity-drop", "at=1s,for=1s,left=0.5"));
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
    assertThat(
            Validity.of(CELL, drop, CAPACITY, load, server(550, 450), samples(200, 100, 9, 1), 0))
        .allMatch(Check::ok)
        .extracting(Check::name)
        .doesNotContain("server throttled, s");
    assertThat(
            ServerFindings.of(
                CELL, drop, CAPACITY, load, server(550, 450), samples(200, 100, 9, 1), 0.5))
        .extracting(Judgement.Finding::name)
        .doesNotContain("server CPU", "completed, second half / first");
  }

  @Test
  void whereAServerWasKilledCountsMayLackWhatItDecidedLastAndNothingElse() {
    Experiment kill =
        Experiment.load(
            Project.file("gatling/experiments/fleet.properties"),
            "default",
            Map.of("kill", "at=1s,for=1s"));
    // The proxy answered 30 requests in the place of the server.
    LoadResult load = load(new Outcomes(500, 20, 450, 30, 0, 0), ON_TIME, 0.3, 520);

    for (ServerCounts counts : List.of(server(550, 450), server(517, 450).lacking(3))) {
      assertThat(Validity.of(CELL, kill, CAPACITY, load, counts, STEADY, 0))
          .allMatch(Check::ok)
          .contains(new Check("other statuses", "30", "any: a server was killed", true));
    }
    assertThat(Validity.of(CELL, kill, CAPACITY, load, server(516, 450).lacking(3), STEADY, 0))
        .filteredOn(check -> !check.ok())
        .containsExactly(
            new Check("server: admitted - 200s", "-4", "-3 to 30", false),
            new Check("server: received - answered", "-4", "-3 to 30", false));
    assertThat(broken(load, server(550, 450), CAPACITY, 0)).contains("other statuses");
  }

  @Test
  void theCapacityIsScaledToTheSizeOfTasks() {
    Experiment tenths =
        Experiment.load(
            Project.file("gatling/experiments/overload.properties"),
            "default",
            Map.of("work", "0.1"));
    Capacity twenty =
        new Capacity(20, 19, 21, 0.99, 800.0); // of whole tasks, and 200 tenths are done
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);

    assertThat(Validity.of(CELL, tenths, twenty, load, server(550, 450), STEADY, 0))
        .allMatch(Check::ok);
    assertThat(ServerFindings.of(CELL, tenths, twenty, load, server(550, 450), STEADY, 0.3))
        .noneMatch(Judgement.Finding::remarkable);
    assertThat(Prediction.shedShare(CELL, tenths, 1)).isNull();
  }

  @Test
  void capacityIsJudgedAgainAtTheEndOfARun() {
    assertThat(CAPACITY.driftTo(new Capacity(180, 178, 182, 0.99, 800.0)).drifted()).isTrue();
    assertThat(CAPACITY.driftTo(new Capacity(196, 192, 200, 0.99, 800.0)).drifted()).isFalse();
  }

  @Test
  void aQuotaOfAnyControlGroupThatKeptTheRunOffTheCpuBreaksAGate() {
    assertThat(Validity.throttled(0).ok()).isTrue();
    assertThat(Validity.throttled(0.01).ok()).isFalse();
  }

  @Test
  void onlyABareSemaphoreHasAPrediction() {
    assertThat(Prediction.shedShare("fixed:limit=1", 1, 0.5)).isEqualTo(1.0 / 3);
    assertThat(Prediction.shedShare("fixed:limit=4+fifo:capacity=16,timeout=200ms", 1, 2)).isNull();
    assertThat(Prediction.shedShare("none", 1, 2)).isNull();
  }
}
