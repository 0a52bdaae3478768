package shedlab.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.raw.Floor;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;

class ComparisonTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aSlowerServerIsFoundAndTheOthersAreNot() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after =
        SampleRuns.write(
            folder.resolve("after"),
            2,
            cell -> cell.server().equals("netty") ? SampleRuns.slower(cell, 0.9) : cell);

    Comparison comparison = Comparison.of(before, after);

    assertThat(comparison.obstacles()).isEmpty();
    assertThat(comparison.regressions())
        .isNotEmpty()
        .allMatch(pair -> pair.side().server().equals("netty") && pair.measure() == Metric.GOODPUT)
        .hasSizeGreaterThan(15);
    assertThat(comparison.summary(true))
        .startsWith("# Regression: ")
        .contains("| server | strategy | load | measure | % difference | significant? |")
        .containsPattern(
            "\\| netty \\| `fixed:limit=1` \\| 2x \\| goodput \\| −\\d+\\.\\d % \\| yes, worse \\|")
        .contains("<details><summary>");
  }

  @Test
  void aFasterServerIsBetterAndNoRegression() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, c -> SampleRuns.slower(c, 0.8));
    RunFiles after = SampleRuns.write(folder.resolve("after"), 2, cell -> cell);

    Comparison comparison = Comparison.of(before, after);

    assertThat(comparison.regressions()).isEmpty();
    assertThat(comparison.summary(true)).startsWith("# No regression").contains("yes, better");
    assertThat(comparison.summary(false)).contains("yes, better").doesNotContain("<details>");
  }

  /** A spot check; the tests of the statistics behind it use many more campaigns. */
  @Test
  void identicalRunsRaiseNoAlarmAndTenPerCentAreFound() throws IOException {
    int falseAlarms = 0;
    int found = 0;
    for (int seed = 0; seed < 3; seed++) {
      Path here = folder.resolve("campaign-" + seed);
      RunFiles before = SampleRuns.write(here.resolve("a"), 2L * seed, cell -> cell);
      RunFiles same = SampleRuns.write(here.resolve("b"), 2L * seed + 1, cell -> cell);
      RunFiles slow =
          SampleRuns.write(here.resolve("c"), 2L * seed + 1, c -> SampleRuns.slower(c, 0.9));
      falseAlarms += Comparison.of(before, same).regressions().isEmpty() ? 0 : 1;
      found += Comparison.of(before, slow).regressions().isEmpty() ? 0 : 1;
    }
    assertThat(falseAlarms).isZero();
    assertThat(found).isEqualTo(3);
  }

  @Test
  void aSmallerShareOfAGreaterCapacityIsNoRegression() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after = SampleRuns.write(folder.resolve("after"), 1, cell -> cell);

    assertThat(Comparison.of(before, after).regressions())
        .extracting(Pair::measure)
        .doesNotContain(Metric.GOODPUT_SHARE);
  }

  private static void floor(RunFiles run) throws IOException {
    Histogram late = new Histogram(3);
    late.recordValueWithCount(10_000_000, 2_000);
    late.setStartTimeStamp(1_000);
    late.setEndTimeStamp(3_000);
    Floor.add(run.folder(), Floor.When.BEFORE, new TreeMap<>(Map.of(0, late)));
  }

  @Test
  void responseTimesWithinTwiceTheNoiseFloorAreMarked() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after = SampleRuns.write(folder.resolve("after"), 2, cell -> cell);

    assertThat(Comparison.of(before, after).document(true).markdown()).doesNotContain("machine");
    floor(after);
    assertThat(Comparison.of(before, after).document(true).markdown())
        .contains(" machine (B) |", "`machine`: the response times");
    floor(before);
    Comparison comparison = Comparison.of(before, after);
    assertThat(comparison.document(true).markdown())
        .contains(" machine |")
        .doesNotContain("machine (B)");
    assertThat(comparison.document(false).markdown())
        .containsPattern("; \\d+ were within twice the machine's noise floor in both runs")
        .doesNotContain("`machine`");
    assertThat(comparison.summary(true)).contains("% machine |", "`machine`: the response times");
  }

  @Test
  void whatChangedIsReportedAfterWhatDiffers() throws IOException {
    Map<String, String> other = new HashMap<>(SampleRun.env());
    other.put("kernel", "6.1");
    other.put("load average before", "2.0");
    other.remove("memory");
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after =
        SampleRuns.write(folder.resolve("after"), 2, 7, other, plan -> plan, cell -> cell);

    String text = Comparison.of(before, after).document(false).markdown();

    assertThat(text)
        .contains("| repeats | 6 | 7 |", "| kernel | – | 6.1 |", "| memory | 8 GB | – |")
        .doesNotContain("| jvm |", "load average", "cannot be compared");
    assertThat(text.indexOf("What changed")).isGreaterThan(text.indexOf("What differs"));
  }

  @Test
  void theFirstLineSaysThatTwoRunsCanBeCompared() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after = SampleRuns.write(folder.resolve("after"), 2, cell -> cell);

    assertThat(Comparison.of(before, after).document(false).markdown())
        .startsWith("# `before` and `after` can be compared\n");
  }

  @Test
  void theFirstLineSaysWhyTwoRunsCannotBeCompared() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after =
        SampleRuns.write(
            folder.resolve("after"),
            2,
            6,
            SampleRun.env(),
            plan -> SampleRuns.loaded(plan, 100, 77),
            c -> SampleRuns.slower(c, 0.5));

    String text = Comparison.of(before, after).document(false).markdown();

    assertThat(text)
        .startsWith("# `before` and `after` cannot be compared: other work and another deadline\n")
        .contains("> **taskUnits: 40 and 77 (expected: the same work per request)**")
        .contains("| deadlineMillis | 250 | 100 |")
        .doesNotContain("What differs", "worse");
    assertThat(Comparison.of(before, after).document(true).markdown())
        .startsWith("# `before` and `after` cannot be compared")
        .contains("## goodput", "✗ worse");
  }

  @Test
  void runsOfOtherServersHaveNothingInCommon() throws IOException {
    List<String> others = List.of("undertow-2", "jetty-2", "netty-2");
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after =
        SampleRuns.write(
            folder.resolve("after"),
            2,
            6,
            SampleRun.env(),
            plan -> SampleRun.with(plan, others, "none", plan.grid().variants()),
            cell -> SampleRuns.on(cell, cell.server() + "-2"));

    Comparison comparison = Comparison.of(before, after);

    assertThat(comparison.verdict())
        .isEqualTo("`before` and `after` cannot be compared: other servers");
    assertThat(comparison.obstacles())
        .containsExactly(
            "servers: [undertow, jetty, netty] and [undertow-2, jetty-2, netty-2] (expected: one in"
                + " common)");
  }

  @Test
  void whatDoesNotDifferIsOneSentence() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after =
        SampleRuns.write(
            folder.resolve("after"),
            2,
            cell -> cell.server().equals("netty") ? SampleRuns.slower(cell, 0.9) : cell);
    Comparison comparison = Comparison.of(before, after);

    String few = comparison.document(false).markdown();
    String every = comparison.document(true).markdown();

    assertThat(few)
        .contains("| ✗ worse |")
        .containsPattern(
            "\\d+ comparisons found no difference at a precision of 5 %; \\d+ were not")
        .contains("`ALL=1` (or `--all`) lists every one.")
        .doesNotContain("| equal |", "| not told apart |", "| too few runs |");
    assertThat(rows(few)).isEqualTo(comparison.different().size());
    assertThat(every).contains("## goodput", "| equal |").doesNotContain("ALL=1");
    assertThat(rows(every)).isGreaterThan(comparison.pairs().size() / 2);
  }

  /** The rows of tables of pairs: one for each server that begins a line. */
  private static long rows(String text) {
    return text.lines().filter(line -> line.matches("\\| (undertow|jetty|netty) \\|.*")).count();
  }

  @Test
  void anotherMachineAndInvalidRunsAreObstacles() throws IOException {
    Map<String, String> here = new HashMap<>(SampleRun.env());
    here.put("CPU", "old");
    Map<String, String> there = new HashMap<>(SampleRun.env());
    there.put("CPU", "new");
    RunFiles before =
        SampleRuns.write(folder.resolve("before"), 1, 6, here, plan -> plan, cell -> cell);
    RunFiles after =
        SampleRuns.write(
            folder.resolve("after"),
            2,
            6,
            there,
            plan -> plan,
            cell -> SampleRun.with(cell, 1, cell.key().repeat() > 2, null));

    assertThat(Comparison.of(before, after).obstacles())
        .containsExactly(
            "CPU: old and new (expected: the same machine)",
            "cells: 240 of 360 of after are valid (expected: nine in ten or more)");
    assertThat(Comparison.of(before, after).verdict())
        .endsWith("cannot be compared: another machine and too few valid cells");
  }

  @Test
  void otherRequestsAreAnObstacle() throws IOException {
    RunFiles before = laws("before", "deterministic");
    RunFiles after = laws("after", "exponential");

    assertThat(Comparison.of(before, after).obstacles())
        .containsExactly("service-law: deterministic and exponential (expected: the same)");
    assertThat(Comparison.of(before, after).verdict())
        .endsWith("cannot be compared: other requests");
  }

  private RunFiles laws(String name, String law) throws IOException {
    return SampleRuns.write(
        folder.resolve(name),
        1,
        6,
        SampleRun.env(),
        plan -> SampleRuns.with(plan, "service-law", law),
        cell -> cell);
  }

  @Test
  void aConditionWhoseCellsAllFailedIsLost() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after =
        SampleRuns.write(
            folder.resolve("after"),
            2,
            cell ->
                cell.server().equals("netty")
                        && cell.strategy().equals("fixed:limit=1")
                        && cell.load() == 2
                    ? SampleRun.with(cell, 1, false, null)
                    : cell);

    assertThat(Comparison.of(before, after).lost())
        .contains(
            "netty with `fixed:limit=1` at 2x: 0 valid cells (expected: 3 or more, as before)");
    assertThat(Comparison.of(before, before).lost()).isEmpty();
  }

  @Test
  void anIntervalWithoutAnEndIsOneThatCanBeRead() throws IOException {
    RunFiles before = once("before");
    RunFiles after = once("after");

    String text = Comparison.of(before, after).document(true).markdown();

    assertThat(text).contains("| 0.000 | ∞ |").doesNotContain("from nothing");
    assertThat(Comparison.of(before, after).summary(true))
        .contains("| −100.0 % to ∞ |")
        .doesNotContain("from nothing");
  }

  private RunFiles once(String name) throws IOException {
    return SampleRuns.write(
        folder.resolve(name), 1, 1, SampleRun.env(), plan -> plan, cell -> cell);
  }

  @Test
  void oneRegressionIsOneFigure() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("before"), 1, cell -> cell);
    RunFiles after =
        SampleRuns.write(
            folder.resolve("after"),
            1,
            cell ->
                cell.server().equals("netty")
                        && cell.strategy().equals("fixed:limit=1")
                        && cell.load() == 2
                    ? SampleRuns.slower(cell, 0.5)
                    : cell);

    assertThat(Comparison.of(before, after).summary(false))
        .startsWith("# Regression: 1 figure is worse\n");
  }

  @Test
  void aProfiledRunIsComparedWithAnotherProfiledOneOnly() throws IOException {
    RunFiles plain = SampleRuns.write(folder.resolve("plain"), 1, cell -> cell);
    RunFiles profiled = profiled("profiled", 2);

    assertThat(Comparison.of(plain, profiled).obstacles())
        .containsExactly("profile-cpu: no and yes (expected: the same)");
    assertThat(Comparison.of(plain, profiled).verdict())
        .isEqualTo("`plain` and `profiled` cannot be compared: only one is profiled");
    assertThat(Comparison.of(profiled, profiled("again", 3)).obstacles()).isEmpty();
  }

  private RunFiles profiled(String name, long seed) throws IOException {
    return SampleRuns.write(
        folder.resolve(name), seed, 6, SampleRun.env(), SampleRuns::profiled, cell -> cell);
  }

  @Test
  void fewRepeatsGiveNoVerdict() throws IOException {
    RunFiles before =
        SampleRuns.write(folder.resolve("a"), 1, 2, SampleRun.env(), plan -> plan, cell -> cell);
    RunFiles after =
        SampleRuns.write(
            folder.resolve("b"),
            2,
            2,
            SampleRun.env(),
            plan -> plan,
            c -> SampleRuns.slower(c, 0.5));

    Comparison comparison = Comparison.of(before, after);

    assertThat(comparison.powerless())
        .contains("repeats: 2 that are valid in both (expected: 3 or more)");
    assertThat(comparison.verdict())
        .isEqualTo("`a` and `b` can be compared, but nothing can be told apart: too few blocks");
    assertThat(comparison.document(false).markdown())
        .contains("No figure became better or worse", "not judged: fewer than 3 blocks");
    assertThat(comparison.regressions()).isEmpty();
  }

  @Test
  void thePageIsWholeAndLoadsNothing() throws IOException {
    RunFiles before = SampleRuns.write(folder.resolve("a"), 1, cell -> cell);
    RunFiles after = SampleRuns.write(folder.resolve("b"), 2, c -> SampleRuns.slower(c, 0.9));

    String page = Comparison.of(before, after).document(true).html();

    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("prefers-color-scheme: dark", "class=\"broken\">✗ worse<", "p99 of admitted")
        .doesNotContain("<script", "src=", "http://", "https://", "url(", "NaN", "null");
  }
}
