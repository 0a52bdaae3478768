package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.bench.run.MeasuredCell.CAPACITY;
import static shedlab.bench.run.MeasuredCell.CELL;
import static shedlab.bench.run.MeasuredCell.EXPERIMENT;
import static shedlab.bench.run.MeasuredCell.ON_TIME;
import static shedlab.bench.run.MeasuredCell.STEADY;
import static shedlab.bench.run.MeasuredCell.WHOLE;
import static shedlab.bench.run.MeasuredCell.broken;
import static shedlab.bench.run.MeasuredCell.load;
import static shedlab.bench.run.MeasuredCell.mean;
import static shedlab.bench.run.MeasuredCell.samples;
import static shedlab.bench.run.MeasuredCell.server;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.report.Project;
import shedlab.report.clock.ClockOffset;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.LoadResult.Lateness;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.Check;
import shedlab.report.result.Outcomes;
import shedlab.strategy.Strategies;

/** What disturbed a measurement or does not add up is a reason to leave its cell out. */
class ValidityTest {
  /** A server with nothing in flight. */
  private static final Samples IDLE =
      new Samples(
          ServerCsv.parse(
              """
              epoch_micros,limit,inflight,waiting,cpu_micros,task_cpu_micros,task_units
              0,4,0,0,0,4000,5000
              1000000,4,0,0,100000,4000,5000
              """));

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
  void capacityIsJudgedAgainAtTheEndOfARun() {
    assertThat(CAPACITY.driftTo(new Capacity(180, 178, 182, 0.99, 800.0)).drifted()).isTrue();
    assertThat(CAPACITY.driftTo(new Capacity(196, 192, 200, 0.99, 800.0)).drifted()).isFalse();
  }

  @Test
  void aQuotaOfAnyControlGroupThatKeptTheRunOffTheCpuBreaksAGate() {
    assertThat(Validity.throttled(0).ok()).isTrue();
    assertThat(Validity.throttled(0.01).ok()).isFalse();
  }
}
