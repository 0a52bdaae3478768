package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Shown;
import shedlab.report.metric.View;
import shedlab.report.pack.Unpacked;
import shedlab.report.text.Prose;

/** One entry in the registry of metrics is enough for a figure to appear everywhere. */
class MetricReachTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path run;

  private static List<String> summary = List.of();
  private static String page = "";
  private static String dictionary = "";

  @BeforeAll
  static void aReport() throws IOException {
    RichRun.write(run, 2, List.of(0.5, 2.0), 1);
    Report.write(run);
    summary = Files.readAllLines(run.resolve("summary.csv"));
    page = Unpacked.page(Files.readString(run.resolve("report.html")));
    dictionary = Files.readString(Project.file("results/FILES.md"));
  }

  @ParameterizedTest
  @EnumSource
  void aMetricIsAColumnOfTheSummaryOfThePageAndOfTheDictionary(Metric metric) {
    assertThat(List.of(summary.get(0).split(","))).contains(metric.title());
    assertThat(isOnThePage(metric.title())).isTrue();
    assertThat(dictionary)
        .contains("| `" + metric.title() + "` |")
        .contains("| " + metric.meaning() + " |");
  }

  @ParameterizedTest
  @EnumSource
  void everyMetricWithATableColumnIsInThatTable(Metric metric) {
    assertThat(Arrays.stream(View.values()).flatMap(view -> metric.in(view).stream()))
        .extracting(Shown::title)
        .allMatch(MetricReachTest::isOnThePage);
  }

  private static boolean isOnThePage(String column) {
    return page.contains(">" + Prose.html(column) + "</th>");
  }

  @Test
  void itsFigureOnThePageEqualsTheOneInTheFile() {
    List<String> titles = List.of(summary.get(0).split(","));
    List<String> first = Arrays.asList(summary.get(1).split(","));
    String figure = first.get(titles.indexOf(Metric.GOODPUT.title()));

    assertThat(figure).isNotEmpty();
    assertThat(page.contains(">" + figure + "</td>")).isTrue();
  }

  @Test
  void everyComparedMetricIsInThePairs() throws IOException {
    String pairs = Files.readString(run.resolve("pairs.csv"));

    assertThat(Metric.compared())
        .isNotEmpty()
        .filteredOn(metric -> metric != Metric.GOODPUT_SHARE) // only compared between servers
        .allSatisfy(metric -> assertThat(pairs).contains("strategy," + metric.measure() + ","));
  }
}
