package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shedlab.report.league.CoursePoint;
import shedlab.report.league.LeagueFiles;
import shedlab.report.league.RealScore;
import shedlab.report.league.SettingEffect;
import shedlab.report.metric.Column;
import shedlab.report.metric.Scores;
import shedlab.report.metric.Summary;
import shedlab.report.pair.PairColumns;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;

/**
 * {@code results/FILES.md} agrees with the code. With {@code -Dshedlab.dictionary=write}, as in
 * {@code make dictionary}, the tables of columns are rewritten.
 */
class DataDictionaryTest {
  private static final Path FILE = Project.file("results/FILES.md");

  private static final Map<String, List<? extends Column<?>>> TABLES =
      Map.of(
          "summary.csv", Summary.COLUMNS,
          "scores.csv", Scores.COLUMNS,
          "pairs.csv", PairColumns.ALL,
          "league/contenders.csv", LeagueFiles.CONTENDER_COLUMNS,
          "league/situations.csv", LeagueFiles.SITUATION_COLUMNS,
          "league/scores.csv", LeagueFiles.SCORE_COLUMNS,
          "league/courses.csv", CoursePoint.COLUMNS,
          "league/sensitivity.csv", SettingEffect.COLUMNS,
          "league/real.csv", RealScore.COLUMNS);

  @Test
  void theTablesOfColumnsAreThoseOfTheCode() throws IOException {
    String committed = Files.readString(FILE);
    String expected = committed;
    for (var table : TABLES.entrySet()) {
      expected = replaced(expected, table.getKey(), Column.dictionary(table.getValue()));
    }
    if ("write".equals(System.getProperty("shedlab.dictionary"))) {
      Files.writeString(FILE, expected);
    } else {
      assertThat(committed)
          .as("results/FILES.md; to be written by `make dictionary`")
          .isEqualTo(expected);
    }
  }

  @Test
  void everyFieldOfAPlanAndOfACellIsDescribed() throws IOException {
    String dictionary = Files.readString(FILE);

    assertThat(Stream.concat(fields(Manifest.class, ""), fields(CellResult.class, "")))
        .allSatisfy(
            field -> {
              String last = field.replaceFirst(".*\\.", ".");
              assertThat(
                      dictionary.contains("`" + field + "`")
                          || dictionary.contains("`" + last + "`"))
                  .as(field)
                  .isTrue();
            });
  }

  /** The fields of a record and of nested records, by their paths. */
  private static Stream<String> fields(Class<?> type, String prefix) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            component -> Stream.concat(Stream.of(prefix + component.getName()), inner(component)));
  }

  private static Stream<String> inner(RecordComponent component) {
    Class<?> type = component.getType();
    boolean part =
        List.of("purpose", "grid", "load", "setUp", "key", "clientSide", "serverSide", "judgement")
            .contains(component.getName());
    return part && type.isRecord() ? fields(type, component.getName() + ".") : Stream.of();
  }

  private static String replaced(String text, String file, String table) {
    String begin = "<!-- columns:" + file + " -->\n";
    int from = text.indexOf(begin);
    int to = text.indexOf("<!-- /columns -->", from);
    assertThat(from).as(begin.strip() + " in results/FILES.md").isNotNegative();
    return text.substring(0, from + begin.length()) + "\n" + table + "\n" + text.substring(to);
  }
}
