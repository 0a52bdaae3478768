package shedlab.report.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.pair.Pair.Machine;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;
import shedlab.report.statistics.Power;

class PairsTest {
  private static final int CAMPAIGNS = 200;
  private static final int FEWER_CAMPAIGNS = 80; // of three loads each
  private static final Map<String, Double> SLOWER = Map.of("slower", 0.9);
  private static final Map<String, Double> EQUALS = Map.of("one", 1.0, "two", 1.0, "three", 1.0);

  @ParameterizedTest
  @ValueSource(ints = {5, 8})
  void aSlowdownByATenthIsFoundInMoreThanNineCampaignsOfTen(int blocks) {
    long found = 0;
    for (int i = 0; i < FEWER_CAMPAIGNS; i++) {
      found += verdicts(i, SLOWER, blocks).stream().filter(v -> v == Verdict.WORSE).count();
    }
    assertThat((double) found / (FEWER_CAMPAIGNS * Campaign.LOADS.size())).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 8})
  void identicalStrategiesAreCalledDifferentInAtMostOneCampaignOfTwenty(int blocks) {
    long flagged = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      boolean any = verdicts(i, EQUALS, blocks).stream().anyMatch(Verdict::different);
      flagged += any ? 1 : 0;
    }
    assertThat((double) flagged / CAMPAIGNS).isLessThanOrEqualTo(0.05);
  }

  /** Noise above the smallest reported difference, so that only the statistics can reject it. */
  @ParameterizedTest
  @ValueSource(ints = {5, 8})
  void identicalStrategiesAreNotCalledDifferentOnANoisyMachineEither(int blocks) {
    long strategies = 0;
    long twins = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      List<CellResult> cells = new Campaign(i, 0.1, 0.1).cells(EQUALS, blocks);
      Pairs pairs = Pairs.of(Campaign.plan(EQUALS, blocks), cells);
      strategies += anyDiffers(pairs, Kind.STRATEGY) ? 1 : 0;
      twins += anyDiffers(pairs, Kind.TWIN) ? 1 : 0;
    }
    assertThat((double) strategies / CAMPAIGNS).isLessThanOrEqualTo(0.05);
    // 5 %, and the error of so few campaigns: a twin has no band of its own.
    assertThat((double) twins / CAMPAIGNS).isLessThanOrEqualTo(0.07);
  }

  private static boolean anyDiffers(Pairs pairs, Kind kind) {
    return pairs.of(kind, Metric.GOODPUT).stream()
        .anyMatch(pair -> pair.claim().verdict().different());
  }

  @Test
  void theNoiseOfACellIsReadFromTheTwins() {
    List<CellResult> cells = new Campaign(1, 0.03, 0.02).cells(EQUALS, 200);
    Band band =
        Pairs.of(Campaign.plan(EQUALS, 200), cells).band("netty", Metric.GOODPUT).orElseThrow();

    assertThat(band.twins()).isEqualTo(600);
    // The noise of the machine is the same for both and cancels.
    assertThat(band.cellNoise()).isCloseTo(0.02, within(0.002));
    assertThat(new Power(8, band.cellNoise()).detectable()).isCloseTo(0.028, within(0.003));
  }

  @Test
  void theDifferenceThatPowerPromisesIsFoundAboutFourTimesInFive() {
    int blocks = 12;
    double noise = 0.06;
    double factor = 1 - new Power(blocks, noise).detectable();
    long found = 0;
    for (int i = 0; i < FEWER_CAMPAIGNS; i++) {
      Map<String, Double> strategies = Map.of("slower", factor);
      List<CellResult> cells = new Campaign(i, 0.03, noise).cells(strategies, blocks);
      found +=
          Pairs.of(Campaign.plan(strategies, blocks), cells)
              .of(Kind.STRATEGY, Metric.GOODPUT)
              .stream()
              .filter(pair -> pair.claim().verdict() == Verdict.WORSE)
              .count();
    }
    assertThat((double) found / (FEWER_CAMPAIGNS * Campaign.LOADS.size())).isBetween(0.65, 0.9);
  }

  @Test
  void anInvalidCellTakesItsBlockOutOfThePair() {
    List<CellResult> cells = new ArrayList<>(new Campaign(1).cells(SLOWER, 6));
    cells.replaceAll(
        c ->
            c.strategy().equals("slower") && c.key().repeat() == 2
                ? SampleRun.with(c, 9_999, false, null)
                : c);
    Pair pair = goodput(Pairs.of(Campaign.plan(SLOWER, 6), cells), 2);

    assertThat(pair.blocks()).isEqualTo(5);
    assertThat(pair.ratio()).isCloseTo(0.9, within(0.05));
    assertThat(pair.interval().holds(0.9)).isTrue();
  }

  @Test
  void twoBlocksAreTooFewAndSaySo() {
    Pair pair = goodput(Pairs.of(Campaign.plan(SLOWER, 2), new Campaign(1).cells(SLOWER, 2)), 2);

    assertThat(pair.claim().verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(pair.claim().why()).isEqualTo("blocks: 2 (expected: 3 or more)");
  }

  @Test
  void aConditionWithoutAnyValidCellIsNotTested() {
    List<CellResult> cells = new ArrayList<>(new Campaign(1).cells(SLOWER, 3));
    cells.replaceAll(c -> c.strategy().equals("slower") ? SampleRun.with(c, 1, false, null) : c);

    assertThat(goodput(Pairs.of(Campaign.plan(SLOWER, 3), cells), 2).claim().verdict())
        .isEqualTo(Verdict.NOT_TESTED);
  }

  @Test
  void equalMeansThatTheIntervalIsNarrowAndSaysHowNarrow() {
    Map<String, Double> alike = Map.of("slower", 1.0);
    List<CellResult> cells = new Campaign(1, 0.03, 0.01).cells(alike, 8);
    Pair pair = goodput(Pairs.of(Campaign.plan(alike, 8), cells), 2);

    assertThat(pair.claim().verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(pair.claim().why()).matches("they differ by less than [12](\\.\\d)? %");
  }

  @Test
  void aWideIntervalIsNeitherEqualNorDifferent() {
    Map<String, Double> alike = Map.of("slower", 1.0);
    List<CellResult> cells = new Campaign(1, 0.03, 0.15).cells(alike, 4);
    Pair pair = goodput(Pairs.of(Campaign.plan(alike, 4), cells), 2);

    assertThat(pair.claim().verdict()).isEqualTo(Verdict.NOT_TOLD_APART);
    assertThat(pair.claim().why()).startsWith("the difference may be up to ");
  }

  @Test
  void zeroAgainstSomethingIsCertainlyWorse() {
    Map<String, Double> nothing = Map.of("slower", 0.0);
    Pair pair = goodput(Pairs.of(Campaign.plan(nothing, 5), new Campaign(1).cells(nothing, 5)), 2);

    assertThat(pair.ratio()).isZero();
    assertThat(pair.claim().verdict()).isEqualTo(Verdict.WORSE);
  }

  /** As {@code none} at 1.2x of a published run: 6 % of the goodput, and nothing in one block. */
  @Test
  void aCollapseIsWorseAlthoughItsRatioGoesThroughZero() {
    double[] shares = {0.06, 0.13, 0, 0.05, 0.07};
    Map<String, Double> reference = Map.of("slower", 1.0);
    List<CellResult> cells = new ArrayList<>(new Campaign(1).cells(reference, 5));
    cells.replaceAll(
        c ->
            c.strategy().equals("slower")
                ? SampleRun.with(c, 200 * shares[c.key().repeat() - 1], true, null)
                : c);
    Pair pair = goodput(Pairs.of(Campaign.plan(reference, 5), cells), 1.2);

    assertThat(pair.ratio()).isBetween(0.0, 0.2);
    assertThat(pair.claim().verdict()).isEqualTo(Verdict.WORSE);
  }

  @Test
  void moreOfALatencyOrACostIsWorse() {
    List<CellResult> cells = new Campaign(1).cells(SLOWER, 8);
    Pair pair =
        Pairs.of(Campaign.plan(SLOWER, 8), cells)
            .of(Metric.CPU_PER_GOOD, "netty", "slower", 2)
            .orElseThrow();

    assertThat(pair.ratio()).isGreaterThan(1.05);
    assertThat(pair.claim().verdict()).isEqualTo(Verdict.WORSE);
  }

  /** That of a machine on which every thread wakes so late. */
  private static Floor floor(long micros) {
    Histogram late = new Histogram(3);
    late.recordValueWithCount(micros, 2_000);
    return Floor.of(Map.of(0, late));
  }

  @Test
  void nothingIsSaidOfResponseTimesThatAreBothTheMachines(@TempDir Path folder) throws IOException {
    RunFiles run = SampleRun.write(folder, 6, true);
    List<Pair> plain = Pairs.of(run.manifest(), run.cells()).pairs();
    List<Pair> late = Pairs.of(run.manifest(), run.cells(), floor(10_000_000)).pairs();

    assertThat(plain).allMatch(pair -> pair.machine() == Machine.NEITHER);
    assertThat(plain)
        .filteredOn(pair -> pair.measure().percentile().isPresent())
        .anyMatch(pair -> pair.claim().verdict().different());
    assertThat(late)
        .filteredOn(pair -> pair.blocks() >= Pairs.LEAST_BLOCKS)
        .filteredOn(pair -> pair.measure().percentile().isPresent())
        .isNotEmpty()
        .allMatch(pair -> pair.machine() == Machine.BOTH)
        .allMatch(pair -> pair.claim().verdict() == Verdict.NOT_TOLD_APART);
    assertThat(late)
        .filteredOn(pair -> pair.measure().percentile().isEmpty())
        .isEqualTo(plain.stream().filter(pair -> pair.measure().percentile().isEmpty()).toList());
  }

  @Test
  void aResponseTimeBeyondTwiceTheFloorDiffersFromOneBelowIt(@TempDir Path folder)
      throws IOException {
    RunFiles run = SampleRun.write(folder, 6, true);
    List<Pair> plain = Pairs.of(run.manifest(), run.cells()).pairs();
    List<Pair> late = Pairs.of(run.manifest(), run.cells(), floor(20_000)).pairs();

    assertThat(late).extracting(Pair::machine).containsAnyOf(Machine.FIRST, Machine.SECOND);
    for (int i = 0; i < late.size(); i++) {
      if (late.get(i).machine() != Machine.BOTH) {
        // Those within the floor are not among the claims, so that the share of false ones differs.
        assertThat(late.get(i).claim())
            .usingRecursiveComparison()
            .ignoringFields("q")
            .isEqualTo(plain.get(i).claim());
      }
    }
  }

  @Test
  void pairsOfWhichNothingCanBeClaimedHaveNoShareAmongTheClaims(@TempDir Path folder)
      throws IOException {
    RunFiles run = SampleRun.write(folder, 6, true);
    List<Pair> late = Pairs.of(run.manifest(), run.cells(), floor(20_000)).pairs();

    assertThat(late)
        .filteredOn(pair -> pair.machine() == Machine.BOTH)
        .isNotEmpty()
        .allMatch(pair -> Double.isNaN(pair.claim().q()));
  }

  @Test
  void aRunIsComparedWithAnEarlierOne() {
    Manifest plan = Campaign.plan(SLOWER, 6);
    List<CellResult> earlier = new Campaign(1).cells(SLOWER, 6);
    List<CellResult> later = new Campaign(2).cells(Map.of("slower", 0.7), 6);
    Pairs pairs = Pairs.between(plan, earlier, Floor.NOT_MEASURED, plan, later, Floor.NOT_MEASURED);

    assertThat(pairs.of(Kind.RUN, Metric.GOODPUT))
        .hasSize(9)
        .allSatisfy(
            pair ->
                assertThat(pair.claim().verdict() == Verdict.WORSE)
                    .isEqualTo(pair.side().strategy().equals("slower")));
  }

  @Test
  void serversAreComparedAtTheSameMultipleOfTheirOwnCapacity(@TempDir Path folder)
      throws IOException {
    RunFiles run = SampleRun.write(folder, 6, true);
    Pairs pairs = Pairs.of(run.manifest(), run.cells());
    Pair pair =
        pairs.of(Kind.SERVER, Metric.GOODPUT).stream()
            .filter(p -> p.side().server().equals("netty") && p.against().equals("undertow"))
            .filter(p -> p.side().strategy().equals("fixed:limit=1") && p.side().load() == 2)
            .findFirst()
            .orElseThrow();

    assertThat(pair.ratio()).isCloseTo(219.1 / 212.4, within(0.02));
    assertThat(pair.claim().verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(pairs.of(Kind.STRATEGY, Metric.GOODPUT))
        .hasSize(3 * 3 * SampleRun.LOADS.size())
        .noneMatch(p -> p.side().strategy().equals(run.manifest().grid().reference()));
  }

  @Test
  void theSameCellsGiveTheSameFileWhateverTheirOrder(@org.junit.jupiter.api.io.TempDir Path folder)
      throws IOException {
    RunFiles run = SampleRun.write(folder, 5, true);
    List<CellResult> backwards = new ArrayList<>(run.cells());
    Collections.reverse(backwards);

    String csv = Pairs.of(run.manifest(), run.cells()).csv(Floor.NOT_MEASURED);
    assertThat(Pairs.of(run.manifest(), backwards).csv(Floor.NOT_MEASURED)).isEqualTo(csv);
    assertThat(csv.lines().skip(1)).allMatch(line -> line.split(",", -1).length >= 16);
  }

  private static List<Verdict> verdicts(long seed, Map<String, Double> strategies, int blocks) {
    List<CellResult> cells = new Campaign(seed).cells(strategies, blocks);
    return Pairs.of(Campaign.plan(strategies, blocks), cells)
        .of(Kind.STRATEGY, Metric.GOODPUT)
        .stream()
        .map(p -> p.claim().verdict())
        .toList();
  }

  private static Pair goodput(Pairs pairs, double load) {
    return pairs.of(Metric.GOODPUT, "netty", "slower", load).orElseThrow();
  }
}
