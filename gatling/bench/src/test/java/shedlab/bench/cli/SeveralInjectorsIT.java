package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Report;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.RunFiles;
import shedlab.report.verify.Verification;

/** A run of the built command line whose load two load generators play on the same CPUs. */
class SeveralInjectorsIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aRunWithTwoLoadGeneratorsIsVerifiedFromTheFilesOfEach() throws Exception {
    Bench bench =
        Bench.start(
            folder, Bench.QUICK, Bench.tiny("--host", "processes", "--injectors", "2:shared"));
    assertThat(bench.exitCode(300)).describedAs(bench.text()).isIn(0, 4, 7);
    assertThat(bench.text()).contains("load        2 load generators on CPU ", ", shared; ");
    Path run = Bench.onlyRun(folder);
    Bench.verify(run, "processes", 2);
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
