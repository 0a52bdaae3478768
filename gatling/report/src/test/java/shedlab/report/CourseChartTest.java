package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseChartTest {
  @Test
  void aPublishedStepHasACourseAndNoChartOverItsOneLoad(@TempDir Path folder) throws IOException {
    copy(Project.file("results/reference-step"), folder);
    Files.writeString(folder.resolve("charts/goodput-dark.svg"), "of an earlier report");
    Report.write(folder);

    assertThat(folder.resolve("charts/course-dark.svg")).content().contains(">gradient2<", " d0\"");
    assertThat(folder.resolve("charts/goodput-dark.svg")).doesNotExist();
    assertThat(folder.resolve("REPORT.md"))
        .content()
        .contains("charts/course-light.svg", "Goodput over the whole course in % of the capacity")
        .doesNotContain("charts/goodput", "At every load", "{{");
    assertThat(folder.resolve("README-block.md"))
        .content()
        .contains("charts/course-light.svg", "| `gradient2` |", "make bench")
        .doesNotContain("charts/latency");
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("<h2>Goodput over the whole course ranges from ", ">achievable: ");
  }

  /** A published run without what its report made. */
  static void copy(Path published, Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(published)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = published.relativize(file).toString();
        if (!name.matches("[^/]*\\.(csv|html|md)")) {
          Files.createDirectories(folder.resolve(name).getParent());
          Files.copy(file, folder.resolve(name));
        }
      }
    }
  }
}
