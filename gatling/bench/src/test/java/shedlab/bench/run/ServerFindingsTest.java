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
import static shedlab.bench.run.MeasuredCell.remarkable;
import static shedlab.bench.run.MeasuredCell.samples;
import static shedlab.bench.run.MeasuredCell.server;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.experiment.Experiment;
import shedlab.report.Project;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.Check;
import shedlab.report.result.Judgement;
import shedlab.report.result.Outcomes;

/** What a strategy does to the server is a finding, and its cell is valid. */
class ServerFindingsTest {
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
  void aServerThatAnswersMoreThanItsCapacityIsAFinding() {
    Capacity low = new Capacity(181, 176, 186, 0.99, 800.0); // and 200/s are completed
    LoadResult load = load(WHOLE, ON_TIME, 0.3, 520);
    assertThat(broken(load, server(550, 450), low, 0)).isEmpty();
    assertThat(remarkable(load, server(550, 450), low, STEADY, 0.99))
        .containsExactly("completed / capacity");
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
}
