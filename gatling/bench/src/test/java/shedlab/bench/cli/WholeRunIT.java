package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Report;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.RunFiles;
import shedlab.report.verify.Verification;

/**
 * A measured run of the built command line, which all tests look at: its arrivals are recorded, and
 * two load generators play them on the same CPUs. Tests that change it change a copy.
 */
class WholeRunIT {
  private static final String CELL = "netty-1-fixed-0.5x-r1";
  private static final String RECORDED =
      "time_us,size\n0,1\n30000,0.5\n50000,2\n90000,1\n120000,1\n";

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path measured;

  private static Path trace = Path.of("");
  private static String said = "";
  private static int code = -1;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void aRunIsMeasured() throws Exception {
    trace = Files.writeString(measured.resolve("a trace, with sizes.csv"), RECORDED);
    Bench bench = start(measured);
    code = bench.exitCode(300);
    said = bench.text();
    Files.delete(trace);
  }

  private static Bench start(Path folder) throws IOException {
    return Bench.start(
        folder,
        Bench.QUICK,
        Bench.tiny(
            "--host",
            "processes",
            "--injectors",
            "2:shared",
            "--loads",
            "0.5",
            "--set",
            "warm-up=0s lead-in=2s measure=3s deadline=2s timeout=4s arrivals=trace:file="
                + trace));
  }

  @Test
  void aRecordingIsPlayedAndTheRunIsVerifiedWithoutItsFile() throws Exception {
    // On a busy machine no cell may be valid.
    assertThat(code).describedAs(said).isIn(0, ShedlabMain.NO_ANSWER);
    assertThat(said).contains("arrivals    5 requests with sizes in 0.1 s, of " + trace);
    assertThat(trace).doesNotExist();
    Path run = Bench.onlyRun(measured);
    Bench.verify(run, "processes", 1);
    String planned = RunFiles.open(run).manifest().settings().getOrDefault("arrivals", "");
    assertThat(planned).matches("trace:sha256=[0-9a-f]{64}");
    LoadResult load = LoadResult.read(run.resolve("cells").resolve(CELL));
    assertThat(load.job().arrivals()).isEqualTo(planned);
    Path copy = run.resolve("trace-" + planned.substring(13, 29) + ".txt");
    assertThat(Files.readString(copy)).startsWith("time_us,size\n0,1\n30000,0.5\n");
  }

  @Test
  void aChangedRecordingDoesNotResumeIt() throws Exception {
    Bench.copyRuns(measured, folder);
    Path run = Bench.onlyRun(folder);
    Files.writeString(run.resolve("cells.jsonl"), ""); // as if it had broken off
    Files.writeString(trace, RECORDED.replace("50000,2", "50000,3"));
    try {
      Bench other = start(folder);
      other.awaitOutput("  results     ", 120);
      other.process().destroy();
      other.process().waitFor();
    } finally {
      Files.delete(trace);
    }
    assertThat(Bench.runs(folder)).hasSize(2).contains(run);
  }

  @Test
  void twoLoadGeneratorsAreVerifiedFromTheFilesOfEach() throws Exception {
    assertThat(said).contains("load        2 load generators on CPU ", ", shared; ");
    Bench.copyRuns(measured, folder);
    Path run = Bench.onlyRun(folder);
    assertThat(RunFiles.open(run).manifest().settings()).containsEntry("injectors", "2:shared");
    assertThat(RunFiles.open(run).env().get("load generators")).startsWith("2, on CPU ");
    CellResult cell = RunFiles.open(run).cells().get(0);
    Path raw = run.resolve("cells").resolve(cell.key().id());
    assertThat(LoadResult.read(raw).generators()).hasSize(2);
    assertThat(cell.judgement().checks())
        .extracting(Check::name)
        .contains("generator 2 of 2: generator CPU", "starts of the generators apart, ms");

    for (String file :
        List.of("client.json", "client.csv", "latency.hlog", "part.hlog", "part.json")) {
      Path second = raw.resolve("generator-2-of-2").resolve(file);
      Path kept = folder.resolve("kept");
      Files.copy(second, kept, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(
          raw.resolve("generator-1-of-2").resolve(file),
          second,
          StandardCopyOption.REPLACE_EXISTING);
      Report.write(run); // so that no checksum tells

      assertThat(Verification.of(run).differences()).describedAs(file).isNotEmpty();
      Files.copy(kept, second, StandardCopyOption.REPLACE_EXISTING);
    }
    Report.write(run);
    assertThat(Verification.of(run).differences()).isEmpty();
    assertThat(Files.readString(run.resolve("SHA256SUMS"))).contains("generator-1-of-2/part.json");
  }

  @Test
  void moreLoadGeneratorsThanCpusAreRefusedBeforeAnythingStarts() throws Exception {
    Bench bench = Bench.start(folder, Map.of(), Bench.tiny("--injectors", "64"));
    assertThat(bench.exitCode(60)).isEqualTo(2);
    assertThat(bench.text())
        .startsWith("shedlab: injectors: 64 (expected: at most ")
        .hasLineCount(1);
  }
}
