package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.report.text.Numbers;

/**
 * What people write about published runs. A ratio with its interval, {@code 0.70 (0.68 to 0.72)},
 * stands in {@code pairs.csv} of a run to which the same paragraph links.
 */
class QuotedRatiosTest {
  private static final Pattern RATIO =
      Pattern.compile("(\\d+\\.\\d\\d) \\((\\d+\\.\\d\\d) to (\\d+\\.\\d\\d)\\)");
  private static final Pattern RUN =
      Pattern.compile("\\]\\((?:(?:\\.\\./)?results/)?(reference[^/)]*)/");
  private static final Pattern GENERATED =
      Pattern.compile("<!-- ([a-z-]+) -->\\n.*?<!-- /\\1 -->\\n", Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final int FIRST_FIGURE = 8;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "results/README.md", "strategies/RESEARCH.md"})
  void everyRatioWithAnIntervalStandsInARunThatIsLinkedBesideIt(String file) throws IOException {
    String byHand = GENERATED.matcher(Files.readString(Project.file(file))).replaceAll("");
    List<String> found = new ArrayList<>();

    for (String part : byHand.split("\n\n|\n(?=[-|])", -1)) {
      String paragraph = part.replaceAll("\\s+", " ");
      Set<String> measured = new HashSet<>();
      for (MatchResult run : RUN.matcher(paragraph).results().toList()) {
        measured.addAll(ratios(Project.file("results").resolve(run.group(1))));
      }
      for (MatchResult ratio : RATIO.matcher(paragraph).results().toList()) {
        found.add(ratio.group());
        assertThat(measured).as(paragraph).contains(ratio.group());
      }
    }

    assertThat(found).as("ratios in " + file).isNotEmpty();
  }

  private static List<String> ratios(Path run) throws IOException {
    return Files.readAllLines(run.resolve("pairs.csv")).stream()
        .skip(1)
        .map(line -> QUOTED.matcher(line).replaceAll("").split(",", -1))
        .filter(fields -> !fields[FIRST_FIGURE].isEmpty())
        .map(
            fields ->
                text(fields[FIRST_FIGURE], fields[FIRST_FIGURE + 1], fields[FIRST_FIGURE + 2]))
        .toList();
  }

  private static String text(String ratio, String low, String high) {
    return figure(ratio) + " (" + figure(low) + " to " + figure(high) + ")";
  }

  private static String figure(String text) {
    return text.equals("inf") ? text : Numbers.fixed(Double.parseDouble(text), 2);
  }
}
