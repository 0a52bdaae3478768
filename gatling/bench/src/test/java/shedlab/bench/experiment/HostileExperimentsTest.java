package shedlab.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.report.Project;
import shedlab.spec.SpecException;

/**
 * Every file of {@code src/test/resources/hostile} is refused in one line, which stands in its
 * first line: {@code FILE} is its path, and {@code ...} is any rest.
 */
class HostileExperimentsTest {
  private static final String REST = "...";

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(Project.file("gatling/bench/src/test/resources/hostile"))) {
      List<Path> files = all.sorted().toList();
      assertThat(files).hasSizeGreaterThan(50);
      return files.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isRefusedInOneLineThatNamesFileAndLine(Path file) throws IOException {
    String wanted =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElseThrow()
            .replaceFirst("^# ", "")
            .replace("FILE", file.normalize().toString());

    String said = refusal(file);

    assertThat(said).hasLineCount(1);
    if (wanted.endsWith(REST)) {
      assertThat(said).startsWith(wanted.substring(0, wanted.length() - REST.length()));
    } else {
      assertThat(said).isEqualTo(wanted);
    }
  }

  /** Of the first profile under which it is not planned. */
  private static String refusal(Path file) {
    for (String profile : Experiment.PROFILES) {
      try {
        Plans.of(Experiment.load(file, profile, Map.of()), 1);
      } catch (SpecException e) {
        return String.valueOf(e.getMessage());
      }
    }
    return "(accepted)";
  }
}
