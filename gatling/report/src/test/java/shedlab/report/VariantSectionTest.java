package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantSectionTest {
  @Test
  void aRunThatComparesStrategiesInSeveralVariantsHasARowForEach(@TempDir Path folder)
      throws IOException {
    CourseChartTest.copy(Project.file("results/reference-retry-storm"), folder);
    Report.write(folder);
    List<String> rows =
        Files.readAllLines(folder.resolve("REPORT.md")).stream()
            .dropWhile(
                line -> !line.startsWith("| strategy | variant | goodput | beside `plain` |"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(rows.get(0)).contains("| wasted |");
    assertThat(rows.stream().filter(row -> row.startsWith("| `on-time` |")))
        .hasSizeGreaterThan(3)
        .anyMatch(row -> row.contains("| plain |"))
        .anyMatch(row -> row.contains("0.88 (0.88 to 0.89), worse"));
  }

  @Test
  void aRunWithoutVariantsHasNoSuchSection(@TempDir Path folder) throws IOException {
    CourseChartTest.copy(Project.file("results/reference-step"), folder);
    Report.write(folder);

    assertThat(folder.resolve("REPORT.md")).content().doesNotContain("human:variants");
  }
}
