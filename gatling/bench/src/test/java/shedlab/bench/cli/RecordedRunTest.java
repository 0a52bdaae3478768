package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.verify.Verification;

/** Runs whose arrivals are recorded: the file may go, and a changed one is another plan. */
class RecordedRunTest {
  private static final Path LOG =
      Project.file("gatling/bench/src/test/resources/logs/envoy-orders.log");

  @TempDir private Path folder = Path.of("");

  private Said simulate(String results, String arrivals) {
    return Said.by(
        "simulate",
        "--profile=smoke",
        "--loads=1.2",
        "--project=" + Project.root(),
        "--results=" + folder.resolve(results),
        "--set=arrivals=" + arrivals);
  }

  private Path onlyRun(String results) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(results))) {
      List<Path> runs = all.filter(Files::isDirectory).toList();
      assertThat(runs).hasSize(1);
      return runs.get(0);
    }
  }

  private static Path recording(Path run) throws IOException {
    try (Stream<Path> all = Files.list(run)) {
      List<Path> found =
          all.filter(file -> file.getFileName().toString().startsWith("trace-")).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  @Test
  void anAccessLogBecomesTheRecordingOfARunThatNeedsNothingElse() throws IOException {
    Path log = Files.copy(LOG, folder.resolve("orders, of monday.log"));

    Said said = simulate("results", "log:file=" + log + ",speed=2");
    Files.delete(log);

    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("  arrivals    1807 requests in ")
        .contains("of " + log + " (Envoy JSON, 1 route), 1807 lines and 1 bad ones")
        .contains(log + ":901: ");
    Path run = onlyRun("results");
    String arrivals = RunFiles.open(run).manifest().settings().getOrDefault("arrivals", "");
    assertThat(arrivals).matches("trace:sha256=[0-9a-f]{64},speed=2.0");
    assertThat(recording(run)).hasFileName("trace-" + arrivals.substring(13, 29) + ".txt");
    assertThat(Files.readAllLines(recording(run))).hasSize(1_807).startsWith("0");
    assertThat(Verification.of(run).differences()).isEmpty();
  }

  @Test
  void sizesAreInTheRecordingAndChangeWhatComesOfIt() throws IOException {
    StringBuilder alike = new StringBuilder();
    StringBuilder sized = new StringBuilder("time_us,size\n");
    for (int i = 0; i < 500; i++) {
      alike.append(i * 1_000).append('\n');
      sized.append(i * 1_000).append(i % 10 == 0 ? ",91\n" : ",1\n");
    }
    Path one = Files.writeString(folder.resolve("one.csv"), alike);
    Path two = Files.writeString(folder.resolve("two.csv"), sized);

    assertThat(simulate("alike", "trace:file=" + one).code()).isZero();
    assertThat(simulate("sized", "trace:file=" + two).code()).isZero();

    Path ofOne = onlyRun("alike");
    Path ofTwo = onlyRun("sized");
    assertThat(recording(ofOne)).hasContent(alike.toString());
    assertThat(recording(ofTwo)).hasContent(sized.toString());
    assertThat(Files.readString(ofTwo.resolve("summary.csv")))
        .isNotEqualTo(Files.readString(ofOne.resolve("summary.csv")));
    assertThat(Verification.of(ofTwo).differences()).isEmpty();
    Manifest plan = RunFiles.open(ofTwo).manifest();
    assertThat(plan.samePlanAs(RunFiles.open(ofOne).manifest())).isFalse();
  }

  @Test
  void aRecordingThatCannotBeReadIsOneLineAndNoRun() throws IOException {
    Path trace = Files.writeString(folder.resolve("my, trace.csv"), "time_us,size\n5,1\n4,1\n");

    Said said = simulate("results", "trace:file=" + trace);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            "shedlab: "
                + trace
                + ":3: time: 4 (expected: whole microseconds, not before the line above)\n");
    assertThat(folder.resolve("results")).doesNotExist();
  }
}
