package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.report.Project;

/** What it refuses before anything runs, in a project that was never built. */
class CapacityCommandTest {
  @TempDir private Path project = Path.of("");

  @BeforeEach
  void experiments() throws IOException {
    Path folder = Files.createDirectories(project.resolve("gatling/experiments"));
    for (String name : List.of("fleet.properties", "overload.properties", "step.properties")) {
      Files.copy(Project.file("gatling/experiments/" + name), folder.resolve(name));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--slo=p99<=1s,shed<2% | slo: p99<=1s,shed<2% (expected: p50, p90, p99 or p99.9 <= a time,",
        "--slo=p99<=1s --loads=2 | loads: [2.0] (expected: none: the search chooses them)",
        "--slo=p99<=1s --experiment=step | experiment: step (expected: one whose load and ",
        "--slo=p99<=1s --experiment=fleet | experiment: fleet (expected: one whose load and ",
        "--slo=p99<=1s --experiment=all | experiment: [fleet, overload, step] (expected: one)",
        "--slo=p99<=2s | slo: p99<=2s (expected: times within the client's timeout, 1s)",
        // The loads and blocks of the experiment are no matter: the search chooses.
        "--slo=p99<=1s | distribution: "
      })
  void badInputIsOneLineAndLeavesNothing(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("capacity"));
    arguments.addAll(List.of(options.split(" ", -1)));
    arguments.addAll(List.of("--project", project.toString()));
    arguments.addAll(List.of("--results", project.resolve("results").toString()));

    Said said = Said.by(arguments.toArray(String[]::new));

    assertThat(said.err()).startsWith("shedlab: " + message).endsWith(")\n").hasLineCount(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(2);
    assertThat(project.resolve("results")).doesNotExist();
  }
}
