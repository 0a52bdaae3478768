package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.result.SampleRun;
import shedlab.report.text.Prose;

/** What a report says of the machine's own delays. */
class FloorReportTest {
  private static final String LEVEL = "machine's floor p99 = ";

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path kept;

  @TempDir private Path run = Path.of("");

  /** Only to be read, or copied. */
  @BeforeAll
  static void aReport() throws IOException {
    RichRun.write(kept, 2, List.of(0.9, 2.0), 1);
    Report.write(kept);
  }

  private String written(String file) throws IOException {
    Report.write(run);
    return Files.readString(run.resolve(file));
  }

  @Test
  void everyChartOfResponseTimesShowsTheFloor() throws IOException {
    String page = Files.readString(kept.resolve("report.html"));

    for (String section : new String[] {"admitted", "percentiles", "course", "shed"}) {
      String from = page.substring(page.indexOf("<section id=\"" + section + "\""));
      assertThat(from.substring(0, from.indexOf("</section>")))
          .as(section)
          .contains(Prose.escape(LEVEL + "3.9"));
    }
    assertThat(Files.readString(kept.resolve("charts/latency-shed-light.svg")))
        .contains("class=\"noise\"");
  }

  @Test
  void aPercentileWithinTwiceTheFloorIsMarkedAndOneAboveIsNot() throws IOException {
    Folder.copy(kept, run);
    RichRun.floor(run, 100, 1_000_000);
    String text = written("REPORT.md");

    assertThat(text).contains(" machine |").contains("`machine`: at most twice");
    RichRun.floor(run, 1, 1);
    assertThat(written("REPORT.md")).doesNotContain(" machine |").contains("`machine`: at most");
  }

  @Test
  void theFilesNameEveryPercentileWithinTwiceTheFloor() throws IOException {
    Folder.copy(kept, run);
    RichRun.floor(run, 1, 1);

    assertThat(written("summary.csv").lines()).allMatch(line -> line.matches(".*,(machine)?"));
    assertThat(written("pairs.csv").lines()).allMatch(line -> line.matches(".*,(machine)?"));
    assertThat(written("scores.csv").lines()).allMatch(line -> line.matches(".*,(machine)?"));

    RichRun.floor(run, 100, 1_000_000);
    assertThat(written("summary.csv").lines().skip(1).filter(line -> !line.contains(",0,1,,")))
        .isNotEmpty()
        .allMatch(line -> line.contains("admitted_p99_us ") && line.endsWith("_us"));
    assertThat(written("scores.csv").lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.matches(".*,(admitted_p99_2x_us)?( ?shed_p99_2x_us)?"))
        .anyMatch(line -> line.endsWith(",admitted_p99_2x_us shed_p99_2x_us"));
    assertThat(written("pairs.csv").lines().skip(1))
        .allMatch(line -> line.contains("_p99,") ? line.matches(".*,(both)?") : line.endsWith(","))
        .anyMatch(line -> line.contains(",admitted_p99,") && line.endsWith(",both"))
        .anyMatch(line -> line.contains(",shed_p99,") && line.endsWith(",both"));
    assertThat(written("report.html")).containsPattern("<td[^>]*>[0-9.]+ machine</td>");
  }

  @Test
  void methodAndThreatsStateTheFloorInFigures() throws IOException {
    String text = Files.readString(kept.resolve("REPORT.md"));

    assertThat(text)
        .contains("before the run and at its end; at worst p50 0.15 ms, p99 3.90 ms")
        .contains("A thread on an idle CPU woke late by p50 0.15 ms, p99 3.90 ms");
  }

  @Test
  void aRunWithoutAFloorSaysNothingOfIt() throws IOException {
    SampleRun.write(run, 1, true);

    assertThat(written("report.html")).doesNotContain("floor");
    assertThat(Files.readString(run.resolve("REPORT.md"))).doesNotContain("floor");
    assertThat(Files.readString(run.resolve("summary.csv")))
        .doesNotContain("generator_pause", "machine");
    assertThat(Files.readString(run.resolve("pairs.csv"))).doesNotContain("machine");
    assertThat(Files.readString(run.resolve("scores.csv"))).doesNotContain("machine");
  }
}
