package shedlab.simulation.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private static final Path FILE = Project.file("strategies/SIMULATED.md");
  private static final int SEEDS = 5;

  /** The file explains every difference beyond the tolerance, and no other. */
  @Test
  void everyDifferenceFromTheSurveyIsExplained() throws IOException {
    Survey survey = new Survey(Integer.getInteger("shedlab.survey.seeds", SEEDS));
    GoldenFile.checkBlock(FILE, "survey", survey.toString());

    TreeSet<String> explained = new TreeSet<>();
    Matcher reason = Pattern.compile("(?m)^- \\*\\*(.+?)\\*\\*").matcher(GoldenFile.read(FILE));
    while (reason.find()) {
      explained.add(reason.group(1));
    }
    assertThat(explained).isEqualTo(survey.differing());
  }
}
