package shedlab.report.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.result.CellResult;
import shedlab.report.result.SampleRun;

/** Campaigns that go on, block by block, until the rule says that they have measured enough. */
class PrecisionTest {
  private static final boolean THOROUGH = Boolean.getBoolean("shedlab.thorough");
  private static final int CAMPAIGNS = THOROUGH ? 200 : 60;

  /** One in twenty; among so few campaigns twice as many are no wonder. */
  private static final int MOST_FALSE = THOROUGH ? CAMPAIGNS / 20 : CAMPAIGNS / 10;

  private static final int MOST_BLOCKS = 40;
  private static final Precision PRECISION = new Precision(0.03);
  private static final Map<String, Double> ALIKE = Map.of("other", 1.0);
  private static final Map<String, Double> MANY =
      Map.of("one", 1.0, "two", 1.0, "worse", 0.94, "far-worse", 0.5);

  private static Pairs campaign(long seed, double noise, Map<String, Double> strategies) {
    List<CellResult> cells =
        new Campaign(seed, 0.03, noise)
            .cells(strategies, MOST_BLOCKS).stream()
                .filter(cell -> cell.variant().isEmpty()) // such runs have no twin
                .toList();
    int blocks = Pairs.LEAST_BLOCKS;
    while (true) {
      Pairs pairs = after(cells, strategies, blocks);
      if (PRECISION.open(pairs).isEmpty() || blocks == MOST_BLOCKS) {
        return pairs;
      }
      blocks++;
    }
  }

  private static Pairs after(List<CellResult> cells, Map<String, Double> strategies, int blocks) {
    return Pairs.of(
        Campaign.plan(strategies, blocks, PRECISION.share()),
        cells.stream().filter(cell -> cell.key().repeat() <= blocks).toList());
  }

  private static List<Pair> goodput(Pairs pairs) {
    return pairs.of(Kind.STRATEGY, Metric.GOODPUT);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.03, 0.06})
  void lookingAfterEveryBlockDoesNotMakeIdenticalStrategiesDifferent(double noise) {
    int campaignsWithAFalseClaim = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      campaignsWithAFalseClaim +=
          goodput(campaign(i, noise, ALIKE)).stream().anyMatch(p -> p.claim().verdict().different())
              ? 1
              : 0;
    }
    assertThat(campaignsWithAFalseClaim).isLessThanOrEqualTo(MOST_FALSE);
  }

  /** Several strategies on a server tell of each other's spread: their intervals are narrower. */
  @Test
  void manyIdenticalStrategiesDifferAsSeldom() {
    int campaignsWithAFalseClaim = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      campaignsWithAFalseClaim +=
          goodput(campaign(i, 0.03, MANY)).stream()
                  .anyMatch(p -> trulyAlike(p) && p.claim().verdict().different())
              ? 1
              : 0;
    }
    assertThat(campaignsWithAFalseClaim).isLessThanOrEqualTo(MOST_FALSE);
  }

  @Test
  void theIntervalsOfManyStrategiesHoldTheTruthNineTimesInTen() {
    int holds = 0;
    int all = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      for (Pair pair : goodput(campaign(i, 0.03, MANY))) {
        holds +=
            pair.interval().holds(MANY.getOrDefault(pair.side().strategy(), Double.NaN)) ? 1 : 0;
        all++;
      }
    }
    assertThat((double) holds / all).isGreaterThan(0.9);
  }

  private static boolean trulyAlike(Pair pair) {
    return MANY.getOrDefault(pair.side().strategy(), Double.NaN) == 1.0;
  }

  @Test
  void identicalStrategiesEndAsEqual() {
    int equal = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      equal +=
          (int)
              goodput(campaign(i, 0.02, ALIKE)).stream()
                  .filter(p -> p.claim().verdict() == Verdict.EQUAL)
                  .count();
    }
    assertThat((double) equal / (CAMPAIGNS * Campaign.LOADS.size())).isGreaterThan(0.95);
  }

  @Test
  void aSlowdownByOneTwentiethIsFoundInNineCampaignsOfTen() {
    int found = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      found +=
          (int)
              goodput(campaign(i, 0.02, Map.of("slower", 0.95))).stream()
                  .filter(p -> p.claim().verdict() == Verdict.WORSE)
                  .count();
    }
    assertThat((double) found / (CAMPAIGNS * Campaign.LOADS.size())).isGreaterThan(0.9);
  }

  /** A rule that ends when the spread happens to be small makes intervals too narrow. */
  @ParameterizedTest
  @CsvSource({"0.02, 1", "0.05, 1", "0.03, 0.9"})
  void theIntervalAtTheEndHoldsTheTruthNineTimesInTen(double noise, double truth) {
    int holds = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      holds +=
          (int)
              goodput(campaign(i, noise, Map.of("other", truth))).stream()
                  .filter(p -> p.interval().holds(truth))
                  .count();
    }
    assertThat((double) holds / (CAMPAIGNS * Campaign.LOADS.size())).isGreaterThan(0.9);
  }

  @Test
  void aCollapseNeedsNoMoreThanTheLeastBlocks() {
    Map<String, Double> nothing = Map.of("other", 0.05);
    Pairs pairs = after(new Campaign(1).cells(nothing, 3), nothing, 3);

    assertThat(PRECISION.open(pairs)).isEmpty();
  }

  @Test
  void theBlocksNeededAreForeseenFromTheFirst() {
    List<CellResult> cells = new Campaign(3, 0.03, 0.06).cells(ALIKE, MOST_BLOCKS);
    int foreseen = PRECISION.blocks(after(cells, ALIKE, 8), 8);

    assertThat(foreseen).isBetween(12, 80);
    Pairs quiet = after(new Campaign(3, 0.03, 0.001).cells(ALIKE, 3), ALIKE, 3);
    assertThat(PRECISION.blocks(quiet, 3)).isEqualTo(3);
  }

  @Test
  void aBlockWithAnInvalidCellIsMeasuredOnceMore() {
    List<CellResult> cells = new ArrayList<>(new Campaign(3, 0.03, 0.001).cells(ALIKE, 3));
    cells.replaceAll(
        cell -> cell.key().repeat() == 2 ? SampleRun.with(cell, 1, false, null) : cell);

    assertThat(PRECISION.blocks(after(cells, ALIKE, 3), 3)).isEqualTo(4);
  }
}
