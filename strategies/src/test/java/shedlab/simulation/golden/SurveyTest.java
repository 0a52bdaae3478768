package shedlab.simulation.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole survey with {@code make test-runs}; else each row in one of its five tables. */
@Tag("optimized")
class SurveyTest {
  private static final boolean WHOLE = Boolean.getBoolean("shedlab.thorough") || GoldenFile.WRITES;
  private static final Path FILE = Project.file("strategies/SIMULATED.md");
  private static final int SEEDS = 5;

  /** The file explains every difference beyond the tolerance, and no other. */
  @Test
  void everyDifferenceFromTheSurveyIsExplained() throws IOException {
    Survey survey = new Survey(Integer.getInteger("shedlab.survey.seeds", SEEDS), WHOLE ? 1 : 5);
    if (WHOLE) {
      GoldenFile.checkBlock(FILE, "survey", survey.toString());
    } else {
      assertThat(GoldenFile.read(FILE).lines())
          .containsSubsequence(survey.toString().lines().toList());
    }

    TreeSet<String> explained = new TreeSet<>();
    Matcher reason = Pattern.compile("(?m)^- \\*\\*(.+?)\\*\\*").matcher(GoldenFile.read(FILE));
    while (reason.find()) {
      explained.add(reason.group(1));
    }
    if (WHOLE) {
      assertThat(explained).isEqualTo(survey.differing());
    } else {
      assertThat(explained).containsAll(survey.differing());
    }
  }
}
