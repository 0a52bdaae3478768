package shedlab.report.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.result.Condition;
import shedlab.report.result.SampleRun;

/** Runs of four blocks whose figures lie one point around their mean, if nothing else is said. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepTest {
  private static final double BAND = 0.05;
  private static final double POINT = 0.01;

  private final List<PastRun> any = new ArrayList<>();

  @BeforeAll
  void anyRun(@TempDir Path folder) throws IOException {
    any.add(PastRun.of(SampleRun.write(folder, List.of("none"), List.of(2.0), 1, true)));
  }

  private RunFigure blocks(boolean machines, double... values) {
    return new RunFigure(any.get(0), DoubleStream.of(values).boxed().toList(), BAND, machines);
  }

  private RunFigure run(double mean) {
    return blocks(false, mean - 0.01, mean + 0.01, mean - 0.005, mean + 0.005);
  }

  private List<Integer> steps(double... means) {
    List<RunFigure> figures = Arrays.stream(means).mapToObj(this::run).toList();
    return Step.of(figures, POINT).stream().map(Step::at).toList();
  }

  @Test
  void aFigureThatStaysTakesNoStep() {
    assertThat(steps(0.98, 0.985, 0.975, 0.98, 0.99)).isEmpty();
  }

  @Test
  void aLossAboveTheBandIsAStep() {
    List<Step> steps = Step.of(List.of(run(0.98), run(0.90)), POINT);

    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).before()).isCloseTo(0.98, offset(1e-9));
    assertThat(steps.get(0).after()).isCloseTo(0.90, offset(1e-9));
  }

  @Test
  void aRunThatCameHalfWayBackDoesNotShowTheStep() {
    List<RunFigure> figures = List.of(run(0.98), run(0.90), run(0.94), run(0.89));
    Trend trend = new Trend(Headlined.all().get(0), new Condition("netty", "none", "", 2), figures);

    assertThat(trend.steps()).extracting(Step::at).containsExactly(1);
    assertThat(trend.shown(trend.steps().get(0))).isEqualTo(2);
  }

  @Test
  void aLossWithinTheBandIsNone() {
    assertThat(steps(0.98, 0.94)).isEmpty();
  }

  @Test
  void aLossWithinTheIntervalsIsNone() {
    RunFigure noisy = blocks(false, 0.80, 1.00, 0.85, 0.91);

    assertThat(Step.of(List.of(run(0.98), noisy), POINT)).isEmpty();
  }

  @Test
  void afterAStepTheRunsBeforeItNoLongerCount() {
    assertThat(steps(0.98, 0.98, 0.90, 0.90, 0.91)).containsExactly(2);
    assertThat(steps(0.98, 0.90, 0.98)).containsExactly(1, 2);
  }

  /** Six points below their mean, far outside the spread of blocks. */
  @Test
  void runsThatDifferAmongThemselvesHideAStep() {
    assertThat(steps(1.00, 1.03, 0.97, 0.94)).isEmpty();
    assertThat(steps(1.00, 1.00, 1.00, 0.94)).containsExactly(3);
  }

  @Test
  void aSlowLossIsAStepInTheEnd() {
    assertThat(steps(1.00, 0.98, 0.96, 0.94, 0.92, 0.90, 0.88)).isNotEmpty();
  }

  @Test
  void lessThanAPointOfTheCapacityIsNoStep() {
    RunFigure little = blocks(false, 0.0101, 0.0102, 0.0101, 0.0102);
    RunFigure less = blocks(false, 0.0051, 0.0052, 0.0051, 0.0052);

    assertThat(Step.of(List.of(little, less), POINT)).isEmpty();
    assertThat(Step.of(List.of(little, less), 0)).hasSize(1);
  }

  @Test
  void responseTimesOfTheMachineItselfTakeNoStep() {
    RunFigure quick = blocks(true, 1_000, 1_010, 1_005, 1_000);
    RunFigure slow = blocks(true, 2_000, 2_010, 2_005, 2_000);
    RunFigure subject = blocks(false, 2_000, 2_010, 2_005, 2_000);

    assertThat(Step.of(List.of(quick, slow), 0)).isEmpty();
    assertThat(Step.of(List.of(quick, subject), 0)).hasSize(1);
  }
}
