package shedlab.bench.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;

/** {@code -Dshedlab.logs=write} makes the committed logs anew. */
class SampleLogsTest {
  static final Path LOGS = Project.file("gatling/bench/src/test/resources/logs");

  @TempDir private Path folder = Path.of("");

  @Test
  void theCommittedLogsAreWhatTheirSeedsGive() throws IOException {
    boolean write = "write".equals(System.getProperty("shedlab.logs"));
    Path made = write ? LOGS : folder;
    SampleLogs.write(made);

    for (String name : List.of("nginx-shop.log", "apache-api.log", "envoy-orders.log")) {
      assertThat(LOGS.resolve(name)).hasSameTextualContentAs(made.resolve(name));
      assertThat(Files.readAllLines(made.resolve(name))).hasSizeBetween(1_500, 3_500);
    }
  }
}
