package shedlab.report.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.compare.SampleRuns;
import shedlab.report.result.CellResult;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;

class HistoryPartTest {
  private static final String QUEUE = "fixed:limit=1+fifo:capacity=16,timeout=100ms";

  @TempDir private Path folder = Path.of("");
  private final List<PastRun> runs = new ArrayList<>();

  private void run(String day, String commit, long seed, UnaryOperator<CellResult> change)
      throws IOException {
    String name = day + "-120000-load-curve-default";
    runs.add(PastRun.of(SampleRuns.dated(folder.resolve(name), name, commit, seed, change)));
  }

  private void run(String day, long seed, UnaryOperator<Manifest> plan) throws IOException {
    String name = day + "-120000-load-curve-default";
    Map<String, String> env = new TreeMap<>(SampleRun.env());
    RunFiles files =
        SampleRuns.write(
            folder.resolve(name),
            seed,
            6,
            env,
            of -> SampleRuns.named(plan.apply(of), name, List.of()),
            cell -> cell);
    runs.add(PastRun.of(files));
  }

  private static CellResult slowQueueOnNetty(CellResult cell) {
    return cell.server().equals("netty") && cell.strategy().equals(QUEUE)
        ? SampleRuns.slower(cell, 0.85)
        : cell;
  }

  /** Without a capacity there is no share of it, without 200s no response time. */
  private static CellResult onlyGoodputOfTheQueueOnNetty(CellResult cell) {
    boolean kept = cell.server().equals("netty") && cell.strategy().equals(QUEUE);
    ClientSide client = cell.clientSide();
    return CellResult.of(
        cell.key(),
        kept ? cell.capacityPerSecond() : 0,
        ClientSide.of(
            client.windowSeconds(),
            client.offeredPerSecond(),
            client.goodputPerSecond(),
            client.outcomes(),
            Latency.NONE,
            Latency.NONE),
        cell.serverSide(),
        cell.judgement());
  }

  @Test
  void aStepIsToldWithItsCommitAndDrawn() throws IOException {
    run("20261101", "aaaaaaaaaaaa", 1, cell -> cell);
    run("20261102", "bbbbbbbbbbbb", 2, cell -> cell);
    run("20261103", "cccccccccccc", 3, HistoryPartTest::slowQueueOnNetty);

    String html = HistoryPart.html(runs);

    assertThat(html)
        .contains("3 runs can be compared, from aaaaaaaa (2026-11-01 12:00) to cccccccc")
        .containsPattern(
            "<li><code>fixed\\+fifo</code> on netty at 3x: goodput in % of the capacity fell from"
                + " 9\\d\\.\\d.% to 8\\d\\.\\d.% at cccccccc \\(2026-11-03 12:00\\): worse\\. Only this"
                + " run shows it: measure it again\\.</li>")
        .contains("class=\"phase\"", ">step</text>", ">bbbbbbbb</text>", "class=\"range s2\"");
    assertThat(html.split("<li>", -1)).as("steps").hasSize(2);
  }

  @Test
  void aStepThatLaterRunsKeepSaysHowManyDo() throws IOException {
    run("20261101", "aaaaaaaaaaaa", 1, cell -> cell);
    run("20261102", "bbbbbbbbbbbb", 2, HistoryPartTest::slowQueueOnNetty);
    run("20261103", "cccccccccccc", 3, HistoryPartTest::slowQueueOnNetty);

    assertThat(HistoryPart.html(runs))
        .contains("at bbbbbbbb (2026-11-02 12:00): worse. 2 runs show it.");
  }

  @Test
  void anIntervalOfResponseTimesBeginsAtZeroAtTheEarliest() throws IOException {
    run("20261101", "aaaaaaaaaaaa", 1, cell -> cell);
    RunFigure wide = new RunFigure(runs.get(0), List.of(1_000.0, 1_000.0, 60_000.0), 0.05, false);

    assertThat(Headlined.P99.text(wide)).isEqualTo("20.7 ms [0 ms, 105 ms]");
  }

  @Test
  void oneFigureIsSpokenOfAsOne() throws IOException {
    for (String day : List.of("20261101", "20261102")) {
      String name = day + "-120000-load-curve-default";
      RunFiles files =
          SampleRuns.write(
              folder.resolve(name),
              1,
              6,
              SampleRun.env(),
              plan -> SampleRuns.named(plan, name, List.of()),
              HistoryPartTest::onlyGoodputOfTheQueueOnNetty);
      runs.add(PastRun.of(files));
    }

    assertThat(HistoryPart.html(runs)).contains("Their only figure took no step.", "The figure</");
  }

  @Test
  void runsThatDoNotDifferTakeNoStep() throws IOException {
    run("20261101", "aaaaaaaaaaaa", 1, cell -> cell);
    run("20261102", "bbbbbbbbbbbb", 2, cell -> cell);

    assertThat(HistoryPart.html(runs))
        .containsPattern("None of their \\d+ figures took a step\\.")
        .contains("<svg", "goodput in % of the capacity", "p99 of the admitted")
        .doesNotContain("class=\"phase\"", "NaN", "Infinity");
  }

  @Test
  void theOrderIsThatOfTimeAndNotOfTheList() throws IOException {
    run("20261103", "cccccccccccc", 3, cell -> cell);
    run("20261101", "aaaaaaaaaaaa", 1, cell -> cell);

    assertThat(HistoryPart.html(runs)).contains("from aaaaaaaa (2026-11-01 12:00) to cccccccc");
  }

  @Test
  void ofTwoCopiesOfARunOneCounts() throws IOException {
    run("20261101", "aaaaaaaaaaaa", 1, cell -> cell);
    String name = runs.get(0).files().manifest().run();
    Path copy = folder.resolve("reference");
    runs.add(PastRun.of(SampleRuns.dated(copy, name, "aaaaaaaaaaaa", 1, cell -> cell)));

    assertThat(HistoryPart.html(runs))
        .isEqualTo(
            "<p class=\"note-text\">No course over commits: it takes two runs that are evidence, and"
                + " there is one.</p>\n");
  }

  @Test
  void runsWithOtherWorkHaveNoCourseAndTheReasonIsGiven() throws IOException {
    run("20261101", 1, plan -> plan);
    run("20261102", 2, plan -> SampleRuns.loaded(plan, 250, 55));

    assertThat(HistoryPart.html(runs))
        .contains(
            "No course over commits: no two runs can be compared; of the newest two, taskUnits: 40"
                + " and 55 (expected: the same work per request).")
        .doesNotContain("<svg");
  }

  @Test
  void aRunThatCannotBeComparedIsLeftOutAndCounted() throws IOException {
    run("20261101", 1, plan -> plan);
    run("20261102", 2, plan -> SampleRuns.loaded(plan, 250, 55));
    run("20261103", 3, plan -> plan);

    assertThat(HistoryPart.html(runs))
        .contains("2 runs can be compared", "1 run cannot be compared with these.");
  }

  @Test
  void aProfiledRunIsNotInTheCourseOfThoseThatAreNot() throws IOException {
    run("20261101", 1, plan -> plan);
    run("20261102", 2, SampleRuns::profiled);
    run("20261103", 3, plan -> plan);

    assertThat(HistoryPart.html(runs))
        .contains("2 runs can be compared", "1 run cannot be compared with these.");
  }

  @Test
  void runsOfFewBlocksHaveNoCourse() throws IOException {
    for (String day : List.of("20261101", "20261102")) {
      String name = day + "-120000-load-curve-default";
      RunFiles files =
          SampleRuns.write(
              folder.resolve(name),
              1,
              2,
              SampleRun.env(),
              plan -> SampleRuns.named(plan, name, List.of()),
              cell -> cell);
      runs.add(PastRun.of(files));
    }

    assertThat(HistoryPart.html(runs))
        .contains("no figure has 3 valid blocks in two of the runs that can be compared.");
  }

  @Test
  void aRunThatIsNoEvidenceIsNotInTheCourse() throws IOException {
    run("20261101", "aaaaaaaaaaaa", 1, cell -> cell);
    runs.add(PastRun.of(SampleRun.write(folder.resolve("smoke"), 6, false)));

    assertThat(HistoryPart.html(runs)).contains("and there is one.");
  }

  @Test
  void theLoadIsTheHighestThatTheRunsHaveInCommon() throws IOException {
    run("20261101", "aaaaaaaaaaaa", 1, cell -> cell);
    run("20261102", "bbbbbbbbbbbb", 2, cell -> cell);
    assertThat(HistoryPart.html(runs)).contains("<td>3x</td>").doesNotContain("<td>2x</td>");

    runs.remove(1);
    Path fewer = folder.resolve("fewer-loads");
    runs.add(PastRun.of(SampleRun.write(fewer, SampleRun.STRATEGIES, List.of(0.9, 2.0), 3, true)));
    assertThat(HistoryPart.html(runs)).contains("<td>2x</td>").doesNotContain("<td>3x</td>");
  }
}
