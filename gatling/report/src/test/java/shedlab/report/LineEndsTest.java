package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;

/** Lines of every file end with LF, whatever the system's own line end is. */
class LineEndsTest {
  private static final Path CELL =
      Project.file(
          "gatling/report/src/test/resources/shedlab/report/verify/run/cells/netty-1-fixed-2.0x-r1");

  /** Writes every kind of file; the published ones that it reads may have CRLF. */
  public static void main(String[] folders) throws IOException {
    Path run = Path.of(folders[0]);
    RunFiles files =
        RunFiles.create(
            run,
            SampleRun.manifest(SampleRun.STRATEGIES, SampleRun.LOADS, 1, true, 60),
            SampleRun.env());
    files.append(SampleRun.cell("netty", "none", 2, 1, new Random(1)));
    files.ended(Map.of("steal", "0 %"));
    Path cell = Files.createDirectories(files.cellFolder("netty-none-2.0x-1"));
    ClientCsv.read(CELL).write(cell);
    ServerCsv.read(CELL).write(cell);
    LoadResult.read(CELL).write(cell);
    LatencyLog.write(cell, LatencyLog.read(CELL), 1_000, 2_000);
    Report.write(run);
  }

  @Test
  void areLfOnASystemOfCrlfToo(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("run");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dline.separator=\r\n",
                "-Dshedlab.project=" + Project.root(),
                "-cp",
                System.getProperty("java.class.path"),
                LineEndsTest.class.getName(),
                run.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(folder.resolve("output"))).isZero();

    try (Stream<Path> all = Files.walk(run)) {
      List<Path> written = all.filter(Files::isRegularFile).toList();
      assertThat(written)
          .extracting(file -> file.getFileName().toString())
          .contains("client.csv", "server.csv", "client.json", "latency.hlog", "plan.json")
          .contains("env-after.json", "cells.jsonl", "summary.csv", "report.html", "SHA256SUMS");
      for (Path file : written) {
        assertThat(Files.readString(file).indexOf('\r')).as(file.toString()).isNegative();
      }
    }
  }
}
