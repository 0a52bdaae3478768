package shedlab.report.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;
import shedlab.report.overview.Overview.Row;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.result.SampleRun;

class OverviewTest {
  private static final String QUEUE = "fixed:limit=1+fifo:capacity=16,timeout=100ms";
  private static final List<String> STRATEGIES = List.of("none", "fixed:limit=1", QUEUE);
  private static final List<Double> LOADS = List.of(0.9, 2.0);

  private final Path results;

  OverviewTest(@TempDir Path results) {
    this.results = results;
  }

  @Test
  void withoutADefaultRunThereIsNothingToCompare() throws IOException {
    published("reference-step", "step");

    assertThat(Overview.of(results)).isEmpty();
    assertThat(OverviewReport.write(results)).isEmpty();
    assertThat(results.resolve("overview")).doesNotExist();
  }

  @Test
  void aStrategyOfFewerThanThreeRunsIsLeftOut() throws IOException {
    published("reference", "overload");
    published("reference-step", "step");
    assertThat(Overview.of(results).orElseThrow().strategies()).isEmpty();
    assertThat(OverviewReport.write(results)).isEmpty();

    published("reference-bursts", "bursts");
    assertThat(Overview.of(results).orElseThrow().strategies()).containsExactly("none", QUEUE);
  }

  @Test
  void eachConditionOfEachRunIsARowWithThePairsOfThatRun() throws IOException {
    three();

    List<Row> rows = Overview.of(results).orElseThrow().rows();

    assertThat(rows).hasSize(3 * SampleRun.SERVERS.size() * LOADS.size());
    assertThat(rows)
        .extracting(Row::words)
        .startsWith("overload, undertow, 0.9x", "overload, undertow, 2x")
        .endsWith("step, netty, 0.9x", "step, netty, 2x");
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.pairs()).containsOnlyKeys("none", QUEUE))
        .filteredOn(row -> row.words().endsWith("netty, 2x"))
        .allSatisfy(
            row -> {
              assertThat(row.pair("none")).map(Pair::ratio).hasValueSatisfying(r -> near(r, 0.01));
              assertThat(row.pair(QUEUE)).map(Pair::ratio).hasValueSatisfying(r -> near(r, 1.45));
            });
  }

  @Test
  void aRunWithAnotherReferenceIsLeftOut() throws IOException {
    three();
    published("reference-other", "other");
    replace("reference-other", "\"reference\" : \"fixed:limit=1\"", "\"reference\" : \"none\"");

    assertThat(Overview.of(results).orElseThrow().rows())
        .extracting(Row::run)
        .doesNotContain("reference-other")
        .contains("reference", "reference-bursts", "reference-step");
  }

  @Test
  void aRunThatIsNoEvidenceOrWasNotMeasuredIsLeftOut() throws IOException {
    three();
    published("reference-smoke", "overload");
    replace("reference-smoke", "\"evidence\" : true", "\"evidence\" : false");
    published("reference-simulated", "overload");
    replace("reference-simulated", "\"containers\"", "\"simulated\"");

    assertThat(Overview.of(results).orElseThrow().rows())
        .extracting(Row::run)
        .containsOnly("reference", "reference-bursts", "reference-step");
  }

  @Test
  void aConditionWithoutAnyOfTheStrategiesIsNoRow() throws IOException {
    three();
    SampleRun.write(
        results.resolve("reference-rare"),
        List.of("fixed:limit=1", SampleRun.STRATEGIES.get(3)),
        LOADS,
        4,
        true);

    OverviewReport.write(results);

    assertThat(results.resolve("overview/README.md"))
        .content()
        .contains("in 18 conditions of 3 published runs")
        .doesNotContain("reference-rare");
  }

  @Test
  void aConditionInWhichTheReferenceHadNothingHasAnInfiniteRatio() throws IOException {
    three();
    Path cells = results.resolve("reference-step/cells.jsonl");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(cells)) {
      boolean nothing =
          line.contains("\"strategy\":\"fixed:limit=1\",") && line.contains("\"load\":2.0");
      lines.add(
          nothing
              ? line.replaceFirst("\"goodputPerSecond\":[0-9.]+", "\"goodputPerSecond\":0.0")
              : line);
    }
    Files.write(cells, lines);

    Path folder = OverviewReport.write(results).orElseThrow();

    assertThat(folder.resolve("README.md")).content().contains("∞ (∞ to ∞), better");
    assertThat(folder.resolve("charts/overview-light.svg"))
        .content()
        .contains(">∞</text>")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void aRunThatIsJustBeingPublishedIsLeftOut() throws IOException {
    three();
    published(".new-reference-other", "other");

    assertThat(Overview.of(results).orElseThrow().rows())
        .extracting(Row::run)
        .containsOnly("reference", "reference-bursts", "reference-step");
  }

  @Test
  void theStrategyWhoseWorstIsBestComesFirst() throws IOException {
    three();

    List<Standing> standings = Standing.of(Overview.of(results).orElseThrow());

    assertThat(standings).extracting(Standing::strategy).containsExactly(QUEUE, "none");
    Standing none = standings.get(1);
    assertThat(none.conditions()).isEqualTo(18);
    assertThat(none.count(Verdict.WORSE)).isEqualTo(9);
    assertThat(none.worst()).map(Row::words).hasValueSatisfying(w -> assertThat(w).endsWith("2x"));
    assertThat(
            none.count(Verdict.WORSE)
                + none.count(Verdict.EQUAL)
                + none.count(Verdict.BETTER)
                + none.open())
        .isEqualTo(none.conditions());
  }

  @Test
  void itsPageHasEveryFigureWithItsIntervalAndLeadsToTheRun() throws IOException {
    three();

    Path folder = OverviewReport.write(results).orElseThrow();

    assertThat(folder.resolve("README.md"))
        .content()
        .contains("[step, netty, 2x](../reference-step/REPORT.md)", " to ", "), worse")
        .contains("| `fixed+fifo` | `" + QUEUE + "` |");
    assertThat(folder.resolve("README-block.md")).content().contains("in 18 conditions of 3 publ");
    for (String theme : List.of("light", "dark")) {
      assertThat(folder.resolve("charts/overview-" + theme + ".svg"))
          .content()
          .contains("class=\"tile c0\"", ".c0{fill:#", ".chart .on0{fill:#", "step, netty, 2x")
          .doesNotContain("NaN", "Infinity", "var(--");
    }
  }

  @Test
  void theCommittedOverviewIsWhatTheCommittedRunsGive(@TempDir Path copy) throws IOException {
    Path committed = Project.file("results");
    Path overview = committed.resolve(OverviewReport.NAME);

    OverviewReport.write(committed, copy);

    for (String file :
        List.of(
            "README.md",
            "README-block.md",
            "charts/overview-light.svg",
            "charts/overview-dark.svg")) {
      assertThat(overview.resolve(file)).hasSameTextualContentAs(copy.resolve(file));
    }
  }

  private static void near(double ratio, double expected) {
    assertThat(ratio).isBetween(expected - 0.1, expected + 0.1);
  }

  private void three() throws IOException {
    published("reference", "overload");
    published("reference-step", "step");
    published("reference-bursts", "bursts");
  }

  private void published(String name, String experiment) throws IOException {
    SampleRun.write(results.resolve(name), STRATEGIES, LOADS, 4, true);
    replace(name, "load-curve", experiment);
  }

  private void replace(String name, String old, String fresh) throws IOException {
    Path plan = results.resolve(name).resolve("plan.json");
    assertThat(plan).content().contains(old);
    Files.writeString(plan, Files.readString(plan).replace(old, fresh));
  }
}
