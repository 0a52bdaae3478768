package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.bench.experiment.Plans;
import shedlab.report.Project;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Judgement;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.Outcomes;
import shedlab.report.result.RunFiles;
import shedlab.report.result.ServerSide;

/** Runs that "measure" at once, on a clock of their own. */
class GoalTest {
  private static final Duration PER_CELL = Duration.ofSeconds(10);

  @TempDir private Path folder = Path.of("");

  private final AtomicLong now = new AtomicLong();

  private static Plan plan(Map<String, String> more) {
    Map<String, String> keys = new HashMap<>();
    keys.putAll(
        Map.of(
            "servers", "netty",
            "strategies", "none fixed:limit=4",
            "reference", "fixed:limit=4",
            "loads", "2"));
    keys.putAll(more);
    return Plans.of(
        Experiment.load(Project.file("gatling/experiments/overload.properties"), "default", keys),
        1);
  }

  private RunFiles files(Plan plan) throws IOException {
    Plan.Place place = new Plan.Place("processes", "", "0", "1", true);
    Manifest manifest = plan.manifest("run", List.of(), place, 1_000);
    return RunFiles.create(folder.resolve("run"), manifest, Map.of());
  }

  /** Measures what is planned and not done; {@code goodput} says what comes out. */
  private void measure(Goal goal, RunFiles files, ToDoubleFunction<Cell> goodput)
      throws IOException {
    Set<String> done =
        files.finalCells().stream().map(c -> c.key().id()).collect(Collectors.toSet());
    for (Plan.Group group : goal.plan().groups()) {
      for (Cell cell : group.cells()) {
        if (!done.contains(cell.id())) {
          now.addAndGet(PER_CELL.toNanos());
          files.append(result(cell, goodput.applyAsDouble(cell)));
        }
      }
    }
  }

  private static CellResult result(Cell cell, double goodput) {
    return CellResult.of(
        new CellKey(
            cell.id(),
            cell.server(),
            cell.strategy(),
            cell.variant(),
            cell.load(),
            cell.repeat(),
            1,
            1),
        200,
        ClientSide.of(
            5, 400, goodput, new Outcomes(1_000, 0, 0, 0, 0, 0), Latency.NONE, Latency.NONE),
        new ServerSide(1.0, 4.0, 4.0, 0.0, null, Map.of()),
        Judgement.of(List.of(), null));
  }

  private static ToDoubleFunction<Cell> noise(double share) {
    var random = new Random(5);
    return cell -> 200 * (1 + share * random.nextGaussian());
  }

  /** Until the goal is reached; the blocks that were planned on the way. */
  private Set<Integer> runToTheEnd(Goal goal, RunFiles files, ToDoubleFunction<Cell> goodput)
      throws IOException {
    Set<Integer> blocks = new TreeSet<>();
    do {
      blocks.add(goal.plan().blocks());
      measure(goal, files, goodput);
    } while (goal.goOn());
    return blocks;
  }

  @Test
  void aRunWithRepeatsMeasuresThemAndNoMore() throws IOException {
    Plan plan = plan(Map.of("repeats", "4"));
    RunFiles files = files(plan);
    Goal goal = new Goal(plan, files, now::get);

    assertThat(runToTheEnd(goal, files, noise(0.5))).containsExactly(4);
    assertThat(goal.reached()).isTrue();
    assertThat(goal.open()).isEmpty();
  }

  @Test
  void threeBlocksAreEnoughForStrategiesThatAgree() throws IOException {
    Plan plan = plan(Map.of("precision", "3%"));
    RunFiles files = files(plan);
    Goal goal = new Goal(plan, files, now::get);

    assertThat(runToTheEnd(goal, files, noise(0.001))).containsExactly(3);
    assertThat(goal.open()).isEmpty();
  }

  @Test
  void noiseTakesMoreBlocksUntilThePairIsSettled() throws IOException {
    Plan plan = plan(Map.of("precision", "3%", "budget", "10min"));
    RunFiles files = files(plan);
    Goal goal = new Goal(plan, files, now::get);

    assertThat(runToTheEnd(goal, files, noise(0.03))).hasSizeGreaterThan(1);
    assertThat(goal.open()).isEmpty();
    assertThat(goal.plan().blocks()).isBetween(4, 30);
  }

  @Test
  void theBudgetEndsARunThatIsNotSettledAndItSaysHowMuchItLacks() throws IOException {
    Plan plan = plan(Map.of("precision", "1%", "budget", "5min"));
    RunFiles files = files(plan);
    Goal goal = new Goal(plan, files, now::get);

    runToTheEnd(goal, files, noise(0.2));

    assertThat(Duration.ofNanos(now.get())).isLessThan(Duration.ofMinutes(5));
    assertThat(goal.plan().blocks()).isGreaterThan(3);
    assertThat(goal.reached()).isTrue();
    assertThat(goal.open()).hasSize(1);
    assertThat(goal.needed()).isGreaterThan(Duration.ofMinutes(5));
  }

  @Test
  void finalCalibrationsAreRepeatedForATenthOfTheRunAtMost() throws IOException {
    Plan plan = plan(Map.of("repeats", "20", "precision", "none"));
    Goal goal = new Goal(plan, files(plan), now::get);
    Duration tenth = plan.estimate(0).dividedBy(10);

    assertThat(goal.affords(tenth.plusSeconds(1), Duration.ZERO)).isFalse();
    assertThat(goal.affords(tenth.dividedBy(2), Duration.ZERO)).isTrue();
    assertThat(goal.affords(tenth.dividedBy(2), Duration.ZERO)).isTrue();
    assertThat(goal.affords(Duration.ofSeconds(1), Duration.ZERO)).isFalse();
  }

  @Test
  void noFinalCalibrationIsRepeatedBeyondTheBudget() throws IOException {
    Plan plan = plan(Map.of("precision", "3%", "budget", "30min"));
    Goal goal = new Goal(plan, files(plan), now::get);
    Duration repeat = Duration.ofSeconds(30);
    Duration rest = Duration.ofSeconds(10);

    now.set(Duration.ofMinutes(29).plusSeconds(21).toNanos());
    assertThat(goal.affords(repeat, rest)).isFalse();
    now.set(Duration.ofMinutes(29).plusSeconds(20).toNanos());
    assertThat(goal.affords(repeat, rest)).isTrue();
  }

  @Test
  void whatAnInterruptedSessionMeasuredCounts() throws IOException {
    Plan plan = plan(Map.of("precision", "3%"));
    RunFiles files = files(plan);
    ToDoubleFunction<Cell> agree = noise(0.001);
    measure(new Goal(plan, files, now::get), files, agree);
    int measured = files.cells().size();

    RunFiles again = RunFiles.open(files.folder());
    Goal goal = new Goal(plan, again, now::get);

    assertThat(runToTheEnd(goal, again, agree)).containsExactly(3);
    assertThat(again.cells()).hasSize(measured);
  }

  @Test
  void theEndedRunsPlanSaysHowManyBlocksItHas() throws IOException {
    Plan plan = plan(Map.of("precision", "3%"));
    RunFiles files = files(plan);
    Goal goal = new Goal(plan, files, now::get);
    runToTheEnd(goal, files, noise(0.001));
    files.endedAfter(goal.plan().blocks());

    Manifest ended = RunFiles.open(files.folder()).manifest();
    assertThat(ended.grid().repeats()).isEqualTo(3);
    assertThat(ended.grid().cells()).isEqualTo(6);
    assertThat(ended.settings()).containsEntry("repeats", "3").containsEntry("precision", "3%");
    assertThat(ended.samePlanAs(plan.manifest("next", List.of(), place(ended), 1_000))).isFalse();
  }

  private static Plan.Place place(Manifest manifest) {
    return new Plan.Place(
        manifest.setUp().host(),
        manifest.setUp().image(),
        manifest.setUp().serverCpus(),
        manifest.setUp().injectorCpus(),
        true);
  }
}
