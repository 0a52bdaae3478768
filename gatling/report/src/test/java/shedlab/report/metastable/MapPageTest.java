package shedlab.report.metastable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapPageTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aMapIsReadAsItWasWritten() throws IOException {
    MapFile.write(folder, SampleMap.points());

    assertThat(MapFile.read(folder)).isEqualTo(SampleMap.points());
  }

  @Test
  void aBrokenFigureIsNamedWithItsLine() throws IOException {
    MapFile.write(folder, SampleMap.points());
    Path file = folder.resolve(MapFile.FILE);
    Files.writeString(file, Files.readString(file).replaceFirst("1\\.0000", "much"));

    assertThatThrownBy(() -> MapFile.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("metastable.csv:2: recovered: much (expected: a decimal number)");
  }

  @Test
  void theFirstSentenceIsTheTriggerThatIsTooLong() {
    assertThat(new MapFindings(SampleMap.points()).sentences())
        .containsExactly(
            "Without shedding, at 0.8x the service does not come back by itself within a minute after"
                + " 1 s of overload with 3 tries at once; it came back after every overload of up to"
                + " 4 s with no retries (within 12 s).",
            "`queue` came back under every load and retry policy after every overload of up to 4 s, in"
                + " at most 0.5 s (median of the runs).");
  }

  @Test
  void aStrategyThatStaysDownIsNamedWithItsLeastLoad() {
    List<MapPoint> points = new ArrayList<>(SampleMap.points());
    points.add(SampleMap.point("vegas", "vegas", 0.8, "none", 0, 1, 0));
    points.add(SampleMap.point("vegas", "vegas", 0.8, "none", 0.5, 0.25, 9));

    assertThat(new MapFindings(points).sentences().get(2))
        .isEqualTo(
            "The others stayed down: `vegas` from 0.8x on (after 0.5 s of overload, no retries).");
  }

  @Test
  void theBoundIsTheShortestTriggerAfterWhichFewerThanHalfComeBack() {
    MapFindings map = new MapFindings(SampleMap.points());

    assertThat(map.bound("none", SampleMap.AT_ONCE, 0.8)).hasValue(1);
    assertThat(map.bound("none", SampleMap.AT_ONCE, 0.5)).isEmpty();
    assertThat(map.bound("queue", SampleMap.AT_ONCE, 0.9)).isEmpty();
  }

  @Test
  void thePageHasAMapForEveryStrategyAndRetryPolicyAndLoadsNothing() {
    String page = MapPage.of(SampleMap.points());

    assertThat(page.split("<figure", -1)).hasSize(1 + 2 * 2);
    assertThat(page.split("<rect class=\"tile", -1)).hasSize(1 + SampleMap.points().size());
    assertThat(page).doesNotContain("<script", "http:", "https:", "url(http", "<link", "<img");
    assertThat(page).contains("prefers-color-scheme: dark", "@media print", "width=device-width");
    assertThat(page).contains("4 cores", "deadline 250", "30&nbsp;%".replace("&nbsp;", "\u00a0"));
    assertThat(page).hasSizeLessThan(2_000_000);
  }

  @Test
  void aRetryPolicyIsToldInWords() {
    RetryWords words =
        new RetryWords(
            List.of(
                "none",
                "immediate:tries=3",
                "backoff:tries=3,base=100ms,most=2s,budget=0.1",
                "backoff:tries=2,base=1s,most=2s",
                "backoff:tries=2,base=2s,most=2s"));

    assertThat(words.of("none")).isEqualTo("no retries");
    assertThat(words.of("immediate:tries=3")).isEqualTo("3 tries at once");
    assertThat(words.of("backoff:tries=3,base=100ms,most=2s,budget=0.1"))
        .isEqualTo("3 tries with pauses (budget 10 %)");
    assertThat(words.of("backoff:tries=2,base=1s,most=2s"))
        .isEqualTo("`backoff:tries=2,base=1s,most=2s`");
  }

  @Test
  void theContourSeparatesThoseThatComeBackFromThoseThatDoNot() {
    String page = MapPage.of(SampleMap.points());

    // One map of four has a bound: two loads, one step between the triggers and one between loads.
    assertThat(page.split("class=\"bound\"", -1)).hasSize(1 + 1);
  }

  @Test
  void theSameFileGivesTheSamePage() throws IOException {
    MapFile.write(folder, SampleMap.points());

    String first = Files.readString(MapPage.write(folder));

    assertThat(Files.readString(MapPage.write(folder))).isEqualTo(first);
  }
}
