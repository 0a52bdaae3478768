package shedlab.report.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;

class RunFilesTest {
  private static final CellResult CELL = SampleRun.cell("netty", "none", 2, 1, new Random(1));

  @Test
  void readsBackWhatWasWritten(@TempDir Path folder) throws IOException {
    RunFiles written = SampleRun.write(folder, 1, true);

    RunFiles read = RunFiles.open(folder);

    assertThat(read.manifest()).isEqualTo(written.manifest());
    assertThat(List.copyOf(read.env().entrySet()))
        .isEqualTo(List.copyOf(SampleRun.env().entrySet()));
    assertThat(read.cells()).hasSize(60).isEqualTo(written.cells());
    assertThat(read.warnings()).isEmpty();
  }

  @Test
  void valuesFromTheEndOfTheRunAreLastInTheEnvironment(@TempDir Path folder) throws IOException {
    RunFiles run = SampleRun.write(folder, 1, true);

    run.ended(Map.of("load average after", "0.5"));

    Map<String, String> env = RunFiles.open(folder).env();
    assertThat(env).containsAllEntriesOf(SampleRun.env());
    assertThat(List.copyOf(env.keySet())).last().isEqualTo("load average after");
  }

  @Test
  void aTornLastLineIsIgnoredWithAWarningAndOverwritten(@TempDir Path folder) throws IOException {
    RunFiles run = empty(folder);
    run.append(CELL);
    Files.writeString(
        folder.resolve("cells.jsonl"), "{\"formatVersion\":1,\"id", StandardOpenOption.APPEND);

    RunFiles resumed = RunFiles.open(folder);
    assertThat(resumed.cells()).containsExactly(CELL);
    assertThat(resumed.warnings()).containsExactly("cells.jsonl:2: torn last line ignored");

    CellResult next = SampleRun.cell("netty", "none", 3, 1, new Random(1));
    resumed.append(next);
    RunFiles again = RunFiles.open(folder);
    assertThat(again.cells()).containsExactly(CELL, next);
    assertThat(again.warnings()).isEmpty();
  }

  @Test
  void aBrokenLineInTheMiddleIsAnErrorThatNamesIt(@TempDir Path folder) throws IOException {
    empty(folder);
    Files.writeString(folder.resolve("cells.jsonl"), "{\"formatVersion\":1}\n{}\n");

    assertThatIOException()
        .isThrownBy(() -> RunFiles.open(folder))
        .withMessageStartingWith(folder.resolve("cells.jsonl") + ":1: ");
  }

  @Test
  void aLaterLineReplacesAnEarlierOneOfTheSameId(@TempDir Path folder) throws IOException {
    RunFiles run = empty(folder);
    CellResult second = attempt(2, SampleRun.with(CELL, 99, true, null));
    run.append(CELL);
    run.append(second);

    assertThat(run.cells()).containsExactly(second);
    assertThat(RunFiles.open(folder).cells()).containsExactly(second);
    assertThat(folder.resolve("cells.jsonl")).content().hasLineCount(2);
  }

  @Test
  void aNewerFormatIsRefusedInOneLine(@TempDir Path folder) throws IOException {
    RunFiles run = empty(folder);
    run.append(CELL);
    Path cells = folder.resolve("cells.jsonl");
    Files.writeString(
        cells, Files.readString(cells).replace("\"formatVersion\":7", "\"formatVersion\":8"));

    assertThatIOException()
        .isThrownBy(() -> RunFiles.open(folder))
        .withMessage(cells + ":1: formatVersion: 8 (expected: 1 to 7)");
  }

  @Test
  void aFolderWithoutAPlanIsNoRun(@TempDir Path folder) {
    assertThatIOException()
        .isThrownBy(() -> RunFiles.open(folder))
        .withMessageEndingWith("no plan.json (expected: the folder of a run)");
  }

  @Test
  void aRunIsNotStartedOverAnother(@TempDir Path folder) throws IOException {
    empty(folder);

    assertThatThrownBy(() -> empty(folder)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aCellsFolderStaysInTheRun(@TempDir Path folder) throws IOException {
    RunFiles run = empty(folder);

    assertThat(run.cellFolder("netty-none-2.0x-1"))
        .isEqualTo(folder.resolve("cells").resolve("netty-none-2.0x-1"));
    assertThatIllegalArgumentException().isThrownBy(() -> run.cellFolder("../plan"));
  }

  @Test
  void readsFormat1() throws Exception {
    RunFiles run = RunFiles.open(Path.of(RunFilesTest.class.getResource("format-1/").toURI()));

    assertThat(run.manifest().grid().strategies())
        .contains("fixed:limit=1+fifo:capacity=16,timeout=100ms");
    assertThat(run.env()).containsEntry("memory", "8 GB");
    assertThat(run.manifest().setUp().compilerNice()).isZero();
    assertThat(run.cells()).hasSize(3).allMatch(cell -> cell.key().attempt() == 1);
    assertThat(run.cells().get(0).clientSide().outcomes().total()).isPositive();
    assertThat(run.cells().get(1).valid()).isFalse();
    assertThat(run.cells().get(2).judgement().failure())
        .isEqualTo("the server's process ended with 137");
  }

  @Test
  void readsFormat2() throws Exception {
    RunFiles run = RunFiles.open(Path.of(RunFilesTest.class.getResource("format-2/").toURI()));

    assertThat(run.manifest().setUp().compilerNice()).isEqualTo(19);
    assertThat(run.manifest().grid().variants()).containsExactly(new Variant("", Map.of()));
    assertThat(run.manifest().load().phases()).containsExactly(new Phase(1, 1, 5));
    assertThat(run.cells())
        .hasSize(3)
        .allMatch(
            cell -> cell.variant().isEmpty() && cell.serverSide().use() == null && cell.valid());
  }

  @Test
  void readsFormat3() throws Exception {
    RunFiles run =
        RunFiles.open(Project.file("gatling/report/src/test/resources/shedlab/report/verify/run"));

    assertThat(run.cells()).hasSize(2).allMatch(CellResult::valid);
    assertThat(run.cells()).extracting(c -> c.judgement().overheadSeconds()).containsOnlyNulls();
  }

  @Test
  void readsFormat4() throws Exception {
    RunFiles run = RunFiles.open(Path.of(RunFilesTest.class.getResource("format-4/").toURI()));

    assertThat(run.manifest().formatVersion()).isEqualTo(Manifest.FORMAT);
    assertThat(run.manifest().invocation()).isEmpty();
    assertThat(run.manifest().purpose().experiment()).isEqualTo("step");
    assertThat(run.manifest().load().phases()).hasSize(3);
    assertThat(run.cells()).isNotEmpty().allMatch(cell -> cell.serverSide().use() != null);
    assertThat(run.cells()).anyMatch(cell -> cell.clientSide().dynamics() != null);
  }

  @Test
  void theSamePlanMayComeFromADifferentCommand() {
    Manifest plan = SampleRun.manifest(SampleRun.STRATEGIES, SampleRun.LOADS, 1, true, 60);
    Manifest typed =
        Manifest.of(
            "another",
            List.of("bench", "--servers=netty"),
            plan.purpose(),
            plan.grid(),
            plan.load(),
            plan.setUp(),
            plan.seed(),
            plan.settings());

    assertThat(typed.samePlanAs(plan)).isTrue();
    assertThat(typed).isNotEqualTo(plan);
  }

  @Test
  void aFirstAttemptThatIsMeasuredAgainIsNotFinalEvenIfTheRunWasKilledAfterIt(@TempDir Path folder)
      throws IOException {
    CellKey key = CELL.key();
    CellResult failed = CellResult.failed(key, 200, "the server ended", 1.0);
    CellResult failedAgain =
        CellResult.failed(
            new CellKey(key.id(), key.server(), key.strategy(), key.variant(), key.load(), 1, 2, 1),
            200,
            "the server ended",
            1.0);
    CellResult invalid = SampleRun.with(CELL, 99, false, null);
    for (CellResult first : List.of(failed, invalid)) {
      Path own = folder.resolve(first.equals(failed) ? "failed" : "invalid");
      RunFiles run = empty(own);
      run.append(first);
      RunFiles resumed = RunFiles.open(own);
      assertThat(resumed.cells()).containsExactly(first);
      assertThat(resumed.finalCells()).isEmpty();
      run.append(failedAgain);
      assertThat(RunFiles.open(own).finalCells()).containsExactly(failedAgain);
    }
  }

  @Test
  void anInvalidCellIsFinalInARunThatIsNoEvidence(@TempDir Path folder) throws IOException {
    RunFiles smoke =
        RunFiles.create(
            folder,
            SampleRun.manifest(SampleRun.STRATEGIES, SampleRun.LOADS, 1, false, 60),
            SampleRun.env());

    assertThat(smoke.isFinal(SampleRun.with(CELL, 99, false, null))).isTrue();
    assertThat(smoke.isFinal(CellResult.failed(CELL.key(), 200, "the server ended", 1.0)))
        .isFalse();
  }

  @Test
  void theSameAttemptTwiceOrOneCellUnderTwoNamesIsAnError(@TempDir Path folder) throws IOException {
    RunFiles run = empty(folder);
    run.append(CELL);
    run.append(SampleRun.with(CELL, 99, true, null));
    Path cells = folder.resolve("cells.jsonl");

    assertThatIOException()
        .isThrownBy(() -> RunFiles.open(folder))
        .withMessage(
            cells
                + ":2: key.id: "
                + CELL.key().id()
                + " (expected: each once, or in a further attempt)");

    Files.writeString(
        cells, Files.readString(cells).replaceFirst("\"id\":\"", "\"id\":\"copy-of-"));

    assertThatIOException()
        .isThrownBy(() -> RunFiles.open(folder))
        .withMessageContaining(
            "expected: copy-of-" + CELL.key().id() + ", which is the same cell)");
  }

  private static CellResult attempt(int number, CellResult cell) {
    CellKey key = cell.key();
    return CellResult.of(
        new CellKey(
            key.id(),
            key.server(),
            key.strategy(),
            key.variant(),
            key.load(),
            key.repeat(),
            number,
            key.order()),
        cell.capacityPerSecond(),
        cell.clientSide(),
        cell.serverSide(),
        cell.judgement());
  }

  private static RunFiles empty(Path folder) throws IOException {
    return RunFiles.create(
        folder,
        SampleRun.manifest(SampleRun.STRATEGIES, SampleRun.LOADS, 1, true, 60),
        SampleRun.env());
  }
}
