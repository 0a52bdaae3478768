package shedlab.report.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.metric.Scores.Score;
import shedlab.report.metric.Summary.Row;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Judgement;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.Outcomes;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;
import shedlab.report.result.ServerSide;
import shedlab.report.result.ServerUse;
import shedlab.report.result.TenantResult;
import shedlab.report.result.Variant;
import shedlab.report.statistics.Drift;
import shedlab.report.statistics.Interval;

class ScoresTest {
  private static final double CAPACITY = 200;
  private static final double SECONDS = 10;
  private static final String CLAIRVOYANT = "clairvoyant:capacity=200/s";

  @Test
  void retainedIsAShareOfThePeak() {
    Score score =
        only(
            cell("some", 0.5, 0.5, 0),
            cell("some", 1, 0.8, 0),
            cell("some", 2, 0.6, 0),
            cell("some", 5, 0.2, 0));

    assertThat(score.get(ScoreMetric.PEAK_SHARE)).isEqualTo(0.8);
    assertThat(score.get(ScoreMetric.RETAINED_2X)).isCloseTo(0.75, within(1e-9));
    assertThat(score.get(ScoreMetric.TOP_LOAD)).isEqualTo(5);
    assertThat(score.get(ScoreMetric.RETAINED_TOP)).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void regretIsTheAchievableGoodputThatAStrategyMissed() {
    Summary summary = summary(cell("some", 0.5, 0.45, 0), cell("some", 2, 0.7, 0));

    assertThat(summary.rows()).extracting(r -> r.get(Metric.REGRET)).containsExactly(0.05, 0.3);
    // Trapezoid between 0.5x and 2x.
    assertThat(Scores.of(summary).scores().get(0).get(ScoreMetric.AREA_REGRET))
        .isCloseTo(0.175, within(1e-9));
  }

  @Test
  void regretIsMeasuredAgainstClairvoyantIfItRan() {
    Summary summary = summary(cell(CLAIRVOYANT, 2, 0.94, 0), cell("some", 2, 0.7, 0));

    assertThat(summary.row("netty", "some", 2).orElseThrow().get(Metric.REGRET))
        .isCloseTo(0.24, within(1e-9));
    assertThat(summary.row("netty", CLAIRVOYANT, 2).orElseThrow().get(Metric.REGRET)).isZero();
  }

  @Test
  void everyShedBelowTheCapacityIsAFalseShed() {
    Score score =
        only(cell("some", 0.5, 0.49, 0), cell("some", 0.9, 0.81, 0), cell("some", 2, 0.9, 0));

    assertThat(score.get(ScoreMetric.FALSE_SHED_SHARE)).isCloseTo(0.1, within(1e-4));
  }

  @Test
  void wastedIsWorkWhoseAnswerWasLateOrUnwanted() {
    // Two of five tasks done were late.
    Row row = summary(cell("some", 2, 0.6, 0.4)).rows().get(0);

    assertThat(row.get(Metric.WASTED_SHARE)).isCloseTo(0.4, within(1e-4));
    assertThat(row.get(Metric.CPU_PER_GOOD)).isCloseTo(1e6 / 120, within(1.0));
  }

  @Test
  void theCostOfARefusalIsTheCpuTimeThatTheTasksLeave() {
    // 10x: half of the CPU went into 1,900 refusals a second.
    assertThat(summary(cell("some", 10, 0.5, 0)).rows().get(0).get(Metric.CPU_PER_SHED))
        .isCloseTo(0.5e6 / 1_900, within(0.1));
  }

  @Test
  void aCostBelowTheErrorOfTheCapacityIsNotReported() {
    assertThat(summary(cell("some", 2, 0.97, 0)).rows().get(0).get(Metric.CPU_PER_SHED)).isNaN();
  }

  @Test
  void aFewFalseShedsHaveNoReportedCost() {
    assertThat(summary(cell("some", 0.5, 0.48, 0)).rows().get(0).get(Metric.CPU_PER_SHED)).isNaN();
  }

  @Test
  void aStrategyThatRefusesAllShowsTheCostDirectly() {
    assertThat(summary(cell("reject-all", 10, 0, 0)).rows().get(0).get(Metric.CPU_PER_SHED))
        .isCloseTo(1e6 / 2_000, within(0.1));
  }

  @Test
  void jainIsOneForEqualSharesAndOneOverTheirNumberIfOneTenantHasAll() {
    assertThat(jain(50, 50, 50)).isEqualTo(1);
    assertThat(jain(90, 0, 0)).isCloseTo(1.0 / 3, within(1e-4));
  }

  @Test
  void goodputIsReportedByUrgency() {
    CellResult cell = with(tenants(80, 40, 20), null);

    assertThat(summary(cell).rows().get(0).goodByUrgency())
        .isEqualTo(Map.of(0, 0.8, 1, 0.4, 2, 0.2));
  }

  @Test
  void aRepeatThatNeverRecoveredCountsAsTheSlowest() {
    CellResult first = with(List.of(), new Dynamics(1.5, 80, 4.0));
    CellResult never = with(List.of(), new Dynamics(2.5, 120, null));
    Row row = summary(first, never, never).rows().get(0);

    assertThat(row.get(Metric.SETTLE)).isEqualTo(2.5);
    assertThat(row.get(Metric.OVERSHOOT)).isEqualTo(120);
    assertThat(row.get(Metric.RECOVERY)).isInfinite();
  }

  @Test
  void everyStrategyOfEveryServerHasARow(@TempDir Path folder) throws IOException {
    RunFiles run = SampleRun.write(folder, 1, true);
    String csv = Scores.of(Summary.of(run.manifest(), run.cells())).csv(Floor.NOT_MEASURED);

    assertThat(csv.lines().count()).isEqualTo(1 + 3 * SampleRun.STRATEGIES.size());
  }

  @Test
  void capacityDriftsIfItMovedBeyondItsNoiseAndBeyondFivePercent() {
    Interval first = new Interval(198, 202, 0.95);

    assertThat(new Drift(first, new Interval(186, 190, 0.95)).share())
        .isCloseTo(-0.06, within(1e-9));
    assertThat(new Drift(first, new Interval(186, 190, 0.95)).drifted()).isTrue();
    assertThat(new Drift(first, new Interval(192, 196, 0.95)).drifted()).isFalse();
    assertThat(new Drift(first, new Interval(166, 210, 0.95)).drifted()).isFalse();
  }

  private static double jain(long... good) {
    return summary(with(tenants(good), null)).rows().get(0).get(Metric.JAIN);
  }

  private static List<TenantResult> tenants(long... good) {
    List<TenantResult> tenants = new ArrayList<>();
    for (int i = 0; i < good.length; i++) {
      Outcomes outcomes = new Outcomes(good[i], 0, 100 - good[i], 0, 0, 0);
      tenants.add(new TenantResult("t" + i, i, outcomes, Latency.NONE, Latency.NONE));
    }
    return tenants;
  }

  private static Score only(CellResult... cells) {
    return Scores.of(summary(cells)).scores().get(0);
  }

  private static Summary summary(CellResult... cells) {
    List<CellResult> all = Arrays.asList(cells);
    Manifest plan =
        SampleRun.manifest(
            all.stream().map(CellResult::strategy).distinct().toList(), List.of(), 1, true, 1);
    return Summary.of(
        SampleRun.with(plan, List.of("netty"), "", List.of(new Variant("", Map.of()))), all);
  }

  /** One core, always busy; goodput and late answers as shares of the capacity. */
  private static CellResult cell(String strategy, double load, double good, double late) {
    return cell(
        strategy,
        load,
        Math.round(good * CAPACITY * SECONDS),
        Math.round(late * CAPACITY * SECONDS),
        List.of(),
        null);
  }

  private static CellResult with(List<TenantResult> tenants, @Nullable Dynamics dynamics) {
    return cell("some", 1, 900, 0, tenants, dynamics);
  }

  private static CellResult cell(
      String strategy,
      double load,
      long good,
      long late,
      List<TenantResult> tenants,
      @Nullable Dynamics dynamics) {
    CellResult c = SampleRun.cell("netty", strategy, load, 1, new Random(1));
    long offered = Math.round(load * CAPACITY * SECONDS);
    long shed = offered - good - late;
    return CellResult.of(
        new CellKey(c.key().id(), c.server(), strategy, "", load, 1, 1, 1),
        CAPACITY,
        ClientSide.of(
                SECONDS,
                load * CAPACITY,
                good / SECONDS,
                new Outcomes(good, late, shed, 0, 0, 0),
                Latency.NONE,
                Latency.NONE)
            .with(null, tenants, dynamics, null, null, Map.of()),
        new ServerSide(
            1.0, null, 0.0, 0.0, new ServerUse(SECONDS, offered, good + late, shed, 0), Map.of()),
        Judgement.of(List.of(), null));
  }
}
