package shedlab.report.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Checksums;
import shedlab.report.Report;
import shedlab.report.raw.Floor;
import shedlab.report.result.RunFiles;

/** On a real run of two short cells on CPUs 0 and 1. */
class FloorCheckTest {
  @TempDir private Path run = Path.of("");

  @BeforeEach
  void aRealRun() throws IOException {
    SmallRun.copyTo(run);
  }

  private void floor(long wakeUps, Integer... cpus) throws IOException {
    var byCpu = new TreeMap<Integer, Histogram>();
    for (int cpu : cpus) {
      var late = new Histogram(3);
      late.recordValueWithCount(70, wakeUps);
      late.setStartTimeStamp(1_000);
      late.setEndTimeStamp(3_000);
      byCpu.put(cpu, late);
    }
    Floor.add(run, Floor.When.BEFORE, byCpu);
  }

  private List<String> differences() throws IOException {
    var differences = new Differences();
    FloorCheck.of(run, RunFiles.open(run).manifest(), differences);
    return differences.all();
  }

  @Test
  void aFloorOfEveryCpuHoldsAndIsAmongTheChecksums() throws IOException {
    floor(1_900, 0, 1);
    Report.write(run);

    assertThat(Verification.of(run).differences()).isEmpty();
    floor(1_901, 0, 1);
    assertThat(Checksums.differences(run))
        .containsExactly(
            "floor.hlog: changed (expected: as when the report was made, by SHA256SUMS)");
  }

  @Test
  void aCpuThatThePlanDoesNotNameIsFound() throws IOException {
    floor(1_900, 0, 3);

    assertThat(differences())
        .containsExactly("floor.hlog: before: CPUs [0, 3] (expected: [0, 1], by plan.json)");
  }

  @Test
  void moreOrFewerWakeUpsThanFitAreFound() throws IOException {
    floor(2_002, 0, 1);
    assertThat(differences())
        .hasSize(2)
        .contains(
            "floor.hlog: before, CPU 0, wake-ups: 2002 (expected: 999 to 2001, by its length)");

    floor(998, 0, 1);
    assertThat(differences()).hasSize(2);
  }
}
