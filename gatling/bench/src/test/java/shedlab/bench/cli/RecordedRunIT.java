package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.RunFiles;

/** A measured run whose arrivals are recorded. */
class RecordedRunIT {
  private static final String CELL = "netty-1-fixed-0.5x-r1";

  @TempDir private Path folder = Path.of("");

  private Bench start(Path trace) throws IOException {
    return Bench.start(
        folder,
        Bench.QUICK,
        Bench.tiny(
            "--host",
            "processes",
            "--loads",
            "0.5",
            "--set",
            "warm-up=1s measure=3s deadline=1s timeout=4s arrivals=trace:file=" + trace));
  }

  @Test
  void isPlayedAndVerifiedWithoutItsFileAndAChangedOneDoesNotResumeIt() throws Exception {
    Path trace =
        Files.writeString(
            folder.resolve("a trace, with sizes.csv"),
            "time_us,size\n0,1\n30000,0.5\n50000,2\n90000,1\n120000,1\n");
    Bench bench = start(trace);
    // On a busy machine no cell may be valid.
    assertThat(bench.exitCode(240)).describedAs(bench.text()).isIn(0, ShedlabMain.NO_ANSWER);
    assertThat(bench.text()).contains("arrivals    5 requests with sizes in 0.1 s, of " + trace);
    Files.delete(trace);
    Path run = Bench.onlyRun(folder);
    Bench.verify(run, "processes", 1);
    String planned = RunFiles.open(run).manifest().settings().getOrDefault("arrivals", "");
    assertThat(planned).matches("trace:sha256=[0-9a-f]{64}");
    LoadResult load = LoadResult.read(run.resolve("cells").resolve(CELL));
    assertThat(load.job().arrivals()).isEqualTo(planned);
    Path copy = run.resolve("trace-" + planned.substring(13, 29) + ".txt");
    assertThat(Files.readString(copy)).startsWith("time_us,size\n0,1\n30000,0.5\n");

    Files.writeString(run.resolve("cells.jsonl"), ""); // as if it had broken off
    Files.writeString(trace, "time_us,size\n0,1\n30000,0.5\n50000,3\n90000,1\n120000,1\n");
    Bench other = start(trace);
    other.awaitOutput("  results     ", 120);
    other.process().destroy();
    other.process().waitFor();
    assertThat(Bench.runs(folder)).hasSize(2).contains(run);
  }
}
