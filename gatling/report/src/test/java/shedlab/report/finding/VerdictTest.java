package shedlab.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import shedlab.report.metric.Summary;
import shedlab.report.pair.Pairs;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.Judgement;
import shedlab.report.result.Manifest;
import shedlab.report.result.SampleRun;
import shedlab.report.text.StrategyNames;

class VerdictTest {
  private static final String SEMAPHORE = "fixed:limit=1";
  private static final String QUEUE = "fixed:limit=1+fifo:capacity=16,timeout=100ms";
  private static final String AIMD = SampleRun.STRATEGIES.get(3);

  @Test
  void aLoadBelowTheCapacityShowsNoOverload() {
    Verdict verdict = verdict(Map.of(), List.of(SEMAPHORE, QUEUE), List.of(0.9));

    assertThat(verdict.best()).contains("No load of this run exceeds the capacity");
    assertThat(verdict.falseSheds()).contains("although there was capacity for them");
  }

  @Test
  void whatIsShedWhileTheCapacityIsLessIsNoFalseShed() {
    Map<String, String> drop = Map.of("capacity-drop", "at=3s,for=4s,left=0.5");
    Verdict verdict = verdict(drop, List.of(SEMAPHORE, QUEUE), List.of(0.9));

    assertThat(verdict.best()).contains("goodput was highest").doesNotContain("exceeds", "–,");
    assertThat(verdict.falseSheds()).isEmpty();
  }

  @Test
  void aBurstExceedsTheCapacityThoughTheMeanDoesNot() {
    List<String> strategies = List.of(SEMAPHORE, QUEUE);
    Verdict burst =
        verdict(Map.of("arrivals", "bursts:peak=5,on=50ms,every=1s"), strategies, List.of(0.9));
    Verdict ripple =
        verdict(Map.of("arrivals", "bursts:peak=1.1,on=50ms,every=1s"), strategies, List.of(0.9));

    assertThat(burst.best()).contains("goodput was highest").doesNotContain("exceeds");
    assertThat(burst.falseSheds()).isEmpty();
    assertThat(ripple.best()).contains("No load of this run exceeds the capacity");
    assertThat(ripple.falseSheds()).contains("although there was capacity for them");
  }

  @Test
  void ofAllThatTieNoneHasWon() {
    Verdict verdict = verdict(Map.of(), List.of(QUEUE, AIMD), List.of(2.0));

    assertThat(verdict.best()).contains("on netty with no winner among `fixed+fifo` ");
  }

  @Test
  void theOnlyStrategyOfAServerIsNotTheBest() {
    Verdict verdict = verdict(Map.of(), List.of(QUEUE), List.of(2.0));

    assertThat(verdict.best())
        .contains("servers with one strategy reached: undertow with `fixed+fifo` ")
        .doesNotContain("highest");
    assertThat(verdict.top("netty", 2)).isEmpty();
  }

  @Test
  void whoeverHasLessThanTheReferenceIsNamedWithTheIntervalWhereItHasLeast() {
    List<String> strategies = List.of("none", SEMAPHORE, QUEUE, AIMD);
    Verdict verdict =
        verdict(
            Map.of(),
            strategies,
            List.of(2.0),
            cell ->
                cell.strategy().equals(QUEUE)
                    ? SampleRun.with(cell, 0.3 * cell.clientSide().goodputPerSecond(), true, null)
                    : cell);

    assertThat(verdict.sentences())
        .filteredOn(sentence -> sentence.startsWith("Less goodput"))
        .singleElement()
        .asString()
        .matches(
            "Less goodput than the reference, `fixed`, at 2x, where they have least: `fixed\\+fifo`"
                + " 0\\.4\\d \\(0\\.\\d\\d to 0\\.\\d\\d, (undertow|jetty|netty)\\)\\.");
  }

  @Test
  void whereNobodyHasLessNobodyIsNamed() {
    Verdict verdict = verdict(Map.of(), List.of("none", SEMAPHORE, QUEUE), List.of(2.0));

    assertThat(verdict.sentences()).noneMatch(sentence -> sentence.startsWith("Less goodput"));
  }

  @Test
  void theRangeOfTheRunsHoldsTheirMedianThoughTheHypervisorTookCpu() {
    Verdict verdict =
        verdict(Map.of(), List.of(SEMAPHORE, QUEUE), List.of(2.0), VerdictTest::eightPercentStolen);

    List<MatchResult> figures =
        Pattern.compile("(\\d+\\.\\d) % \\[(\\d+\\.\\d)–(\\d+\\.\\d) %]")
            .matcher(verdict.best())
            .results()
            .toList();
    assertThat(figures)
        .hasSize(SampleRun.SERVERS.size())
        .allSatisfy(
            figure ->
                assertThat(Double.parseDouble(figure.group(1)))
                    .isBetween(
                        Double.parseDouble(figure.group(2)), Double.parseDouble(figure.group(3))));
  }

  private static CellResult eightPercentStolen(CellResult cell) {
    Judgement judgement = cell.judgement();
    List<Check> checks = new ArrayList<>(judgement.checks());
    checks.add(new Check(Check.STEAL, "0.080", "<= 0.100", true));
    return CellResult.of(
        cell.key(),
        cell.capacityPerSecond(),
        cell.clientSide(),
        cell.serverSide(),
        new Judgement(
            checks,
            judgement.findings(),
            judgement.failure(),
            judgement.predictedShedShare(),
            judgement.overheadSeconds(),
            judgement.gatlingReport()));
  }

  private static Verdict verdict(
      Map<String, String> settings, List<String> strategies, List<Double> loads) {
    return verdict(settings, strategies, loads, cell -> cell);
  }

  private static Verdict verdict(
      Map<String, String> settings,
      List<String> strategies,
      List<Double> loads,
      UnaryOperator<CellResult> change) {
    List<CellResult> cells = new ArrayList<>();
    var random = new Random(7);
    for (String server : SampleRun.SERVERS) {
      for (String strategy : strategies) {
        for (double load : loads) {
          for (int repeat = 2; repeat <= 6; repeat++) { // the first of the sample may fail
            cells.add(change.apply(SampleRun.cell(server, strategy, load, repeat, random)));
          }
        }
      }
    }
    Manifest plain = SampleRun.manifest(strategies, loads, 5, true, cells.size());
    Manifest plan =
        Manifest.of(
            plain.run(),
            plain.invocation(),
            plain.purpose(),
            plain.grid(),
            plain.load(),
            plain.setUp(),
            plain.seed(),
            settings);
    Summary summary = Summary.of(plan, cells);
    return new Verdict(
        plan,
        summary,
        cells,
        new StrategyNames(summary.strategies()),
        Pairs.of(plan, cells),
        new Refusals(plan, summary),
        new RampWords(new Ramp(List.of()), new StrategyNames(summary.strategies())));
  }
}
