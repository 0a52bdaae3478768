package shedlab.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shedlab.servers.threads.CpuSet;

/** The process as the harness starts it; how late threads wake here is nobody's claim. */
@Timeout(60)
class FloorCommandTest {
  private static final int MILLIS = 300;

  private final Path file;

  FloorCommandTest(@TempDir Path folder) {
    this.file = folder.resolve("floor.csv");
  }

  private static Process run(String... options) throws Exception {
    return new ProcessBuilder(ServerProcess.command(List.of(), options)).start();
  }

  @Test
  void everyCpuOfTheProcessWakesAsOftenAsTheTimeAllows() throws Exception {
    Process process = run("floor", "--millis=" + MILLIS, "--file=" + file);
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("{\"ready\":true}\n");
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();

    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).isEqualTo("cpu,late_micros");
    List<String[]> rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
    var byCpu =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row[0], Collectors.summingLong(row -> 1_000 + Long.parseLong(row[1]))));
    assertThat(byCpu).hasSize(CpuSet.current().size());
    // Sleeps and delays follow one another; a busy machine leaves gaps between them.
    byCpu.values().forEach(micros -> assertThat(micros).isGreaterThanOrEqualTo(MILLIS * 500L));
    assertThat(rows).hasSizeLessThanOrEqualTo(byCpu.size() * (MILLIS + 1));
  }

  @Test
  void refusesALengthThatIsNone() throws Exception {
    refuses(file, "--millis=0", "millis: 0 (expected: from 1 to 60000)");
  }

  @Test
  void refusesAFileThatCannotBeWritten() throws Exception {
    Path missing = file.resolveSibling("missing").resolve("floor.csv");
    refuses(missing, "--millis=1", "file: " + missing + " (expected: a file that can be written)");
  }

  private static void refuses(Path file, String millis, String refusal) throws Exception {
    Process process = run("floor", millis, "--file=" + file);
    assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8))
        .isEqualTo(refusal + "\n");
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
  }
}
