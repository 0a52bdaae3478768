package shedlab.report.league.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Folder;
import shedlab.report.league.SampleLeague;

class LeagueReportTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path kept;

  @TempDir Path folder = Path.of("");

  /** Only to be copied. */
  @BeforeAll
  static void writeALeague() throws IOException {
    SampleLeague.write(kept);
    LeagueReport.write(kept);
  }

  @BeforeEach
  void aLeague() throws IOException {
    Folder.copy(kept, folder);
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("index.html"));
  }

  private String readme() throws IOException {
    return Files.readString(folder.resolve("README.md"));
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return all;
  }

  @Test
  void theFirstSentenceNamesTheOneThatLosesLeast() throws IOException {
    assertThat(page())
        .contains(
            "<code>safe</code> has the least loss in its worst situation, 5.0 ± 2.5\u00a0% of the"
                + " capacity, and loses 3.0 ± 0.8\u00a0% on average.")
        .contains(
            "<code>limit</code> has the least, 25 ± 0.0\u00a0%, and 1 of 2 lose more than"
                + " half of the capacity somewhere.")
        .doesNotContain("cannot be told apart");
  }

  @Test
  void theRankedTableIsOneInMarkdown() throws IOException {
    assertThat(readme())
        .contains(
            "| strategy | settings | worst in | worst regret | mean regret | above 10 |"
                + " false sheds | p99 late in | waste |\n"
                + "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
                + "| safe | `fixed:limit=${cpus}+fifo:capacity=${cpus*64},timeout=${deadline/2}` |"
                + " giant-tasks load=3 | **5.0** ± 2.5 | 3.0 ± 0.8 | 0 | 3.0 % | 0 % | 5.0 % |\n"
                + "| greedy | `fixed:limit=${workers}` | giant-tasks load=3 | **45** ± 0.0 | 15 ± 0.0"
                + " | 1 | 2.0 % | 0 % | 5.0 % |\n")
        .containsSubsequence("## Default settings", "| limit |", "| none |", "## References");
  }

  @Test
  void aNameLeadsToItsCourse() throws IOException {
    assertThat(page()).contains("<a href=\"#course-safe\">").contains("id=\"course-safe\"");
  }

  @Test
  void theBlockForAnotherReadmeHasTenRowsAndLinks() throws IOException {
    SampleLeague.writeLarge(folder.resolve("large"));
    LeagueReport.write(folder.resolve("large"));
    String block = Files.readString(folder.resolve("large/README-block.md"));

    assertThat(block.lines().filter(line -> line.startsWith("| "))).hasSize(2 + 10);
    assertThat(block)
        .contains("(index.html)", "charts/league-light.svg", "charts/league-dark.svg")
        .contains("**Regret**: how much of the capacity");
  }

  @Test
  void theSameFilesGiveTheSameBytes(@TempDir Path other) throws IOException {
    SampleLeague.write(other);
    LeagueReport.write(other);
    Map<String, String> first = files(folder);
    LeagueReport.write(folder);

    assertThat(files(other)).isEqualTo(first);
    assertThat(files(folder)).isEqualTo(first);
  }

  /** With giant tasks, in each seed. */
  private void greedyReaches(String goodput) throws IOException {
    Path scores = folder.resolve("scores.csv");
    String changed = "greedy,giant-tasks load=3," + String.join(" ", goodput, goodput, goodput);
    Files.writeString(
        scores,
        Files.readString(scores)
            .replace("greedy,giant-tasks load=3,0.5000 0.5000 0.5000", changed));
    LeagueReport.write(folder);
  }

  @Test
  void thePageFollowsFromTheFilesAlone() throws IOException {
    greedyReaches("0.9300");

    assertThat(page())
        .contains(
            "<code>greedy</code> has the least loss in its worst situation, 2.0 ± 0.0\u00a0%");
  }

  @Test
  void whoCannotBeToldApartFromTheFirstIsNamed() throws IOException {
    greedyReaches("0.9100");

    assertThat(page())
        .contains("<code>greedy</code> has the least loss")
        .contains(
            "<code>safe</code> cannot be told apart from it: the intervals of their worst losses"
                + " overlap.");
  }

  @Test
  void aPageOf60StrategiesIn160SituationsIsSmall() throws IOException {
    SampleLeague.writeLarge(folder);
    LeagueReport.write(folder);
    long bytes = Files.size(folder.resolve("index.html"));
    System.out.printf("A league of 60 strategies in 160 situations has %d kB.%n", bytes / 1_024);

    assertThat(bytes).isLessThan(2_000_000);
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    assertThat(page())
        .contains("default-src 'none'")
        .doesNotContain("src=\"", "@import", "url(http", "<link");
  }

  @Test
  void eachMissingFileLeavesOutItsSectionWithASentence() throws IOException {
    List<String> optional = List.of("courses.csv", "sensitivity.csv", "real.csv");
    for (String file : optional) {
      Files.delete(folder.resolve(file));
    }
    LeagueReport.write(folder);

    for (String file : optional) {
      assertThat(page()).contains("There is no <code>" + file + "</code> beside this page");
    }
    assertThat(page()).doesNotContain("href=\"#course-");
  }

  @Test
  void theMapOfMetastableStatesIsLinkedIfItIsThere() throws IOException {
    assertThat(page()).doesNotContain("metastable.html");
    Files.writeString(folder.resolve("metastable.html"), "");
    LeagueReport.write(folder);

    assertThat(page()).contains("<a href=\"metastable.html\">");
    assertThat(readme()).contains("(metastable.html)");
  }

  @Test
  void everyDisagreementWithARealServerHasALine() throws IOException {
    assertThat(page())
        .contains("2 disagree by more than 5 points")
        .contains("measured 0.85 (0.80 to 0.90). The core idles between tasks.")
        .contains("measured 0.20 (0.10 to 0.30). Open: not explained yet.")
        .contains("(tau-b) is 0.33 over all");
  }

  @Test
  void theUpperBoundIsHeldAgainstTheBest() throws IOException {
    assertThat(page()).contains("1 of 3 situations are settled");
  }

  @Test
  void aCourseOfAnUnknownSituationIsNamed() throws IOException {
    Path courses = folder.resolve("courses.csv");
    Files.writeString(
        courses, Files.readString(courses).replaceFirst("giant-tasks", "dwarf-tasks"));
    String before = page();

    assertThatThrownBy(() -> LeagueReport.write(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(
            courses + ":2: situation: dwarf-tasks load=3 (expected: one of situations.csv)");
    assertThat(page()).isEqualTo(before);
  }

  @Test
  void aBrokenFileChangesNothing() throws IOException {
    Path scores = folder.resolve("scores.csv");
    Files.writeString(scores, Files.readString(scores).replaceFirst("0.9000", "high"));
    String before = page();

    assertThatThrownBy(() -> LeagueReport.write(folder)).hasMessageStartingWith(scores + ":2: ");
    assertThat(page()).isEqualTo(before);
  }
}
