package shedlab.report.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Report;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.raw.ClientCsv;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.Outcomes;
import shedlab.report.result.Phase;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;
import shedlab.report.text.StrategyNames;

/** The way up and the way down of a ramp. */
class RampTest {
  private static final String NONE = "none";
  private static final String LIMIT = "fixed:limit=1";
  private static final StrategyNames NAMES = new StrategyNames(List.of(NONE, LIMIT));
  private static final double LOAD = 2;
  private static final int LEAD_IN_ROWS = 20;
  private static final int WAY_ROWS = 60;
  private static final List<Phase> RAMP =
      List.of(new Phase(0.2, 1, WAY_ROWS / 10.0), new Phase(1, 0.2, WAY_ROWS / 10.0));

  @TempDir private Path folder = Path.of("");

  @Test
  void goodputOnTheWayDownIsComparedWithThatOfTheSameLoadsOnTheWayUp() throws IOException {
    Ramp ramp = Ramp.of(run(RAMP, 3, 0.5));

    Ramp.Ways none = ramp.ways().get(0);
    assertThat(none.of().strategy()).isEqualTo(NONE);
    assertThat(none.verdict()).isEqualTo(Verdict.WORSE);
    assertThat(none.whole().mean()).isCloseTo(-0.5, within(0.02));
    assertThat(none.loads())
        .extracting(Ramp.At::load)
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .containsExactly(0.56, 0.88, 1.2, 1.52, 1.84);
    assertThat(none.loads())
        .allSatisfy(at -> assertThat(at.down()).isCloseTo(at.up() / 2, within(0.03)));
    assertThat(ramp.ways().get(1).verdict()).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void whatLosesOnTheWayDownIsNamedWithItsIntervalAndWhatDoesNotIsEqual() throws IOException {
    var words = new RampWords(Ramp.of(run(RAMP, 3, 0.5)), NAMES);

    assertThat(words.sentence())
        .matches(
            "At the same loads, goodput on the way down compared with the way up is"
                + " 0\\.\\d\\d \\(0\\.\\d\\d to 0\\.\\d\\d\\) with `none`; equal with `fixed`\\.");
    assertThat(words.title())
        .matches("On the way down, `none` has 0\\.\\d\\d \\(.*\\) of the goodput of the way up");
  }

  @Test
  void whereNobodyLosesNobodyIsNamed() throws IOException {
    var words = new RampWords(Ramp.of(run(RAMP, 3, 1)), NAMES);

    assertThat(words.sentence()).endsWith(" is equal with `none` and `fixed`.");
    assertThat(words.title()).isEqualTo("Goodput is the same on the way down as on the way up");
  }

  @Test
  void twoRunsAreTooFewToTell() throws IOException {
    Ramp ramp = Ramp.of(run(RAMP, 2, 0.5));

    assertThat(ramp.ways()).extracting(Ramp.Ways::verdict).containsOnly(Verdict.TOO_FEW);
  }

  @Test
  void aLoadThatDoesNotComeBackOnItsWayIsNoRamp() throws IOException {
    Phase up = RAMP.get(0);
    Phase down = RAMP.get(1);

    assertThat(Phase.upAndDown(RAMP)).isTrue();
    assertThat(Phase.upAndDown(List.of(up))).isFalse();
    assertThat(Phase.upAndDown(List.of(down, up))).isFalse();
    assertThat(Phase.upAndDown(List.of(up, new Phase(1, 1, 6), down))).isFalse();
    assertThat(Phase.upAndDown(List.of(up, new Phase(1, 0.2, 12)))).isFalse();
    // Parts of equal load would take unequal times.
    assertThat(Phase.upAndDown(List.of(new Phase(0.1, 0.2, 9), up, down, new Phase(0.2, 0.1, 9))))
        .isFalse();
    assertThat(Phase.upAndDown(List.of(new Phase(1, 1, 6), new Phase(1, 1, 6)))).isFalse();
    assertThat(new RampWords(Ramp.of(run(List.of(new Phase(1, 1, 12)), 3, 1)), NAMES).sentence())
        .isEmpty();
  }

  @Test
  void theReportShowsBothWaysOfEveryStrategy() throws IOException {
    run(RAMP, 3, 0.5);
    Report.write(folder);

    assertThat(folder.resolve("REPORT.md"))
        .content()
        .contains("## On the way down, `none` has ", "charts/ramp-light.svg", "| down beside up |");
    assertThat(folder.resolve("charts/ramp-light.svg")).content().contains(">up<", ">down<");
  }

  /**
   * A run in which `none` does that share of the way up on the way down, and the limit the same.
   */
  private RunFiles run(List<Phase> phases, int repeats, double down) throws IOException {
    Manifest plain =
        SampleRun.manifest(List.of(NONE, LIMIT), List.of(LOAD), repeats, true, 2 * repeats);
    Manifest.CellLoad load = plain.load();
    Manifest plan =
        SampleRun.with(
            Manifest.of(
                plain.run(),
                plain.invocation(),
                plain.purpose(),
                plain.grid(),
                new Manifest.CellLoad(
                    phases,
                    load.deadlineMillis(),
                    load.timeoutMillis(),
                    load.warmUpSeconds(),
                    load.leadInSeconds(),
                    2 * WAY_ROWS / 10.0,
                    load.taskUnits()),
                plain.setUp(),
                plain.seed(),
                plain.settings()),
            List.of("netty"),
            LIMIT,
            plain.grid().variants());
    RunFiles files = RunFiles.create(folder, plan, SampleRun.env());
    var random = new Random(5);
    for (int repeat = 1; repeat <= repeats; repeat++) {
      for (String strategy : List.of(NONE, LIMIT)) {
        CellResult cell = SampleRun.cell("netty", strategy, LOAD, repeat, random);
        files.append(cell);
        Path raw = files.cellFolder(cell.key().id());
        Files.createDirectories(raw);
        double share = strategy.equals(NONE) ? down : 1;
        new ClientCsv(rows(cell.capacityPerSecond(), phases, share, random)).write(raw);
      }
    }
    return RunFiles.open(folder);
  }

  private static List<ClientCsv.Row> rows(
      double capacity, List<Phase> phases, double down, Random random) {
    List<ClientCsv.Row> rows = new ArrayList<>();
    for (int i = 0; i < LEAD_IN_ROWS + 2 * WAY_ROWS; i++) {
      double second = (i - LEAD_IN_ROWS + 0.5) / 10;
      double load = LOAD * Phase.factorAt(phases, Math.max(0, second));
      long offered = Math.round(load * capacity / 10);
      double share = (i < LEAD_IN_ROWS + WAY_ROWS ? 1 : down) * (1 + random.nextGaussian() / 100);
      long good = Math.min(offered, Math.round(Math.min(1, load) * capacity / 10 * share));
      rows.add(
          new ClientCsv.Row(
              i / 10.0,
              offered,
              new Outcomes(good, 0, offered - good, 0, 0, 0),
              5_000,
              9_000,
              new TreeMap<>()));
    }
    return rows;
  }
}
