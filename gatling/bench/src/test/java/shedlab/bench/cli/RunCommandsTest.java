package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;
import shedlab.report.Report;
import shedlab.report.compare.SampleRuns;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;
import shedlab.report.verify.Verification;

/** Commands on existing runs: their output and their exit code. */
class RunCommandsTest {
  @TempDir private Path results = Path.of("");
  private String out = "";
  private String err = "";

  @Test
  void theGatePassesIdenticalRunsAndFailsForARegression() throws IOException {
    SampleRuns.write(results.resolve("base"), 1, cell -> cell);
    SampleRuns.write(results.resolve("20261101-100000-same"), 2, cell -> cell);

    assertThat(gate("base", "20261101-100000-same")).isZero();
    assertThat(out).startsWith("# No regression");

    SampleRuns.write(results.resolve("20261102-100000-slow"), 2, c -> SampleRuns.slower(c, 0.85));
    assertThat(shedlab("gate", "--base", run("base"), "--results", results.toString()))
        .isEqualTo(5); // the newest
    assertThat(out).startsWith("# Regression: ");
    assertThat(results.resolve("gate-base-20261102-100000-slow.md"))
        .content()
        .startsWith("# Regression: ");
  }

  @Test
  void theGateRefusesToGuessWhereAConditionHasNoValidCellAnyMore() throws IOException {
    SampleRuns.write(results.resolve("base"), 1, cell -> cell);
    SampleRuns.write(
        results.resolve("20261101-100000-lost"),
        2,
        cell ->
            cell.server().equals("netty")
                    && cell.strategy().equals("fixed:limit=1")
                    && cell.load() == 2
                ? SampleRun.with(cell, 1, false, null)
                : cell);

    assertThat(gate("base", "20261101-100000-lost")).isEqualTo(6);
    assertThat(err)
        .isEqualTo(
            "shedlab: netty with `fixed:limit=1` at 2x: 0 valid cells (expected: 3 or more, as"
                + " before)\n");
  }

  @Test
  void aGateTakesTheNewestCompleteRunOfTheSameKind() throws IOException {
    SampleRuns.write(results.resolve("base"), 1, cell -> cell);
    SampleRuns.write(results.resolve("20261101-100000-same"), 2, cell -> cell);
    SampleRuns.write(results.resolve("20261102-100000-simulated"), 2, cell -> cell);
    replace("20261102-100000-simulated/plan.json", "\"containers\"", "\"simulated\"");
    SampleRuns.write(results.resolve("20261103-100000-other"), 2, cell -> cell);
    replace("20261103-100000-other/plan.json", "\"load-curve\"", "\"step\"");
    SampleRuns.write(results.resolve("20261104-100000-unfinished"), 2, cell -> cell);
    Path cells = results.resolve("20261104-100000-unfinished/cells.jsonl");
    Files.write(cells, Files.readAllLines(cells).subList(0, 20));
    SampleRuns.write(results.resolve("20261105-100000-damaged"), 2, cell -> cell);
    replace("20261105-100000-damaged/cells.jsonl", "\"load\":", "\"load\":-");

    assertThat(shedlab("gate", "--base", run("base"), "--results", results.toString())).isZero();

    assertThat(out).contains("`20261101-100000-same` against `base`");
    assertThat(err)
        .startsWith("shedlab: left out: " + run("20261105-100000-damaged/cells.jsonl") + ":1: ")
        .hasLineCount(1);
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = results.resolve(file);
    assertThat(path).content().contains(from);
    Files.writeString(path, Files.readString(path).replace(from, to));
  }

  @Test
  void aGateRefusesInOneLineWhatCannotBeCompared() throws IOException {
    SampleRuns.write(results.resolve("base"), 1, cell -> cell);
    SampleRun.write(results.resolve("once"), 1, true);
    SampleRun.write(results.resolve("smoke"), 1, false);

    assertThat(gate("base", "smoke")).isEqualTo(6);
    assertThat(err).isEqualTo("shedlab: profile: default and smoke (expected: the same)\n");
    assertThat(out).isEqualTo("run  " + run("smoke") + "\nbase " + run("base") + "\n");
    assertThat(gate("base", "once")).isEqualTo(6);
    assertThat(err).isEqualTo("shedlab: repeats: 1 that are valid in both (expected: 3 or more)\n");
    assertThat(gate("base", "nowhere")).isEqualTo(2);
    assertThat(err).startsWith("shedlab: run: ").hasLineCount(1);
    assertThat(shedlab("gate", "--base", run("base"), "--results", results.toString()))
        .isEqualTo(2);
    assertThat(err).startsWith("shedlab: run: ").contains("or RUN=");
    assertThat(shedlab("gate", "--base", run("base"), "--results", run("nowhere"))).isEqualTo(2);
    assertThat(err)
        .isEqualTo("shedlab: results: " + run("nowhere") + " (expected: a folder of runs)\n");
  }

  @Test
  void twoRunsAreComparedOnAPageAndInMarkdown() throws IOException {
    SampleRuns.write(results.resolve("a"), 1, cell -> cell);
    SampleRuns.write(results.resolve("b"), 2, cell -> cell);

    assertThat(shedlab("compare", run("a"), run("b"), "--results", results.toString())).isZero();

    assertThat(out)
        .startsWith("# `a` and `b` can be compared\n")
        .contains("A is `a`, B is `b`.", "Nothing in the plan or the environment.")
        .doesNotContain("## goodput");
    assertThat(results.resolve("compare-a-b.html")).content().contains("</html>");
    assertThat(results.resolve("compare-a-b.md")).content().doesNotContain("## goodput");
    String folder = results.toString();
    assertThat(shedlab("compare", run("a"), run("b"), "--results", folder, "--all=1")).isZero();
    assertThat(out).contains("## goodput");
    assertThat(results.resolve("compare-a-b.md")).content().contains("## goodput");
    assertThat(shedlab("compare", run("a"), run("b"), "--all=perhaps")).isEqualTo(2);
    assertThat(err).isEqualTo("shedlab: all: perhaps (expected: 1 or 0)\n");
    assertThat(shedlab("compare", run("a"), run("c"))).isEqualTo(2);
    assertThat(err).startsWith("shedlab: B: ").hasLineCount(1);
  }

  @Test
  void twoRunsThatCannotBeComparedAreToldSoFirst() throws IOException {
    SampleRuns.write(results.resolve("a"), 1, cell -> cell);
    SampleRun.write(results.resolve("smoke"), 1, false);

    assertThat(shedlab("compare", run("a"), run("smoke"), "--results", results.toString()))
        .isZero();

    assertThat(out)
        .startsWith(
            "# `a` and `smoke` cannot be compared: another profile and a profile that is no evidence\n")
        .doesNotContain("What differs");
  }

  @Test
  void aRunIsVerifiedAndAForgeryFound() throws IOException {
    SampleRun.write(results.resolve("a"), 1, true);
    Report.write(results.resolve("a"));
    assertThat(shedlab("verify", run("a"))).isZero();
    assertThat(out).endsWith("Everything follows.\n");

    Path summary = results.resolve("a/summary.csv");
    Files.writeString(summary, Files.readString(summary).replace(",no,", ",yes,"));
    assertThat(shedlab("verify", run("a"))).isEqualTo(3);
    assertThat(out).contains("summary.csv:").endsWith("It does not follow.\n");

    assertThat(shedlab("verify", run("nowhere"))).isEqualTo(2);
    assertThat(err).contains("expected: the folder of a run").hasLineCount(1);
  }

  @Test
  void publishedRunsAreListedAndBadInputIsRefusedInOneLine() throws IOException {
    SampleRun.write(results.resolve("a"), 1, true);
    Files.writeString(results.resolve("RUNS.md"), "<!-- published -->\n<!-- /published -->\n");

    assertThat(shedlab("publish", run("a"), "--results", results.toString())).isZero();

    Path published = results.resolve("reference-load-curve");
    assertThat(out).isEqualTo(published.resolve("report.html") + "\n");
    assertThat(results.resolve("RUNS.md")).content().contains("](reference-load-curve/REPORT.md)");
    assertThat(shedlab("verify", published.toString())).isZero();

    assertThat(shedlab("publish", run("nowhere"), "--results", results.toString())).isEqualTo(2);
    assertThat(err).contains("expected: the folder of a run").hasLineCount(1);
    Files.writeString(results.resolve("RUNS.md"), "no marks");
    assertThat(shedlab("publish", run("a"), "--results", results.toString())).isEqualTo(2);
    assertThat(err).contains("no <!-- /published -->").hasLineCount(1);
  }

  @Test
  void reportAndIndexWriteThePageOverAllRuns() throws IOException {
    SampleRun.write(results.resolve("a"), 1, true);
    assertThat(shedlab("report", run("a"))).isZero();
    assertThat(results.resolve("index.html")).content().contains("a/report.html");

    assertThat(shedlab("index", "--results", results.toString())).isZero();
    assertThat(out).isEqualTo(results.resolve("index.html") + "\n");
    assertThat(shedlab("index", "--results", run("nowhere"))).isEqualTo(2);
  }

  @Test
  void aRunThatHasLostItsCellsHasNoReportAndNoComparison() throws IOException {
    SampleRun.write(results.resolve("whole"), 1, true);
    SampleRun.write(results.resolve("lost"), 1, true);
    Files.delete(results.resolve("lost/cells.jsonl"));

    for (List<String> command :
        List.of(List.of("report", run("lost")), List.of("compare", run("whole"), run("lost")))) {
      assertThat(shedlab(command.toArray(String[]::new))).isEqualTo(2);
      assertThat(err)
          .contains(run("lost") + " (expected: a run with a finished cell in its cells.jsonl)")
          .hasLineCount(1);
    }
  }

  @Test
  void aStrictDoctorEndsWithItsOwnCode() throws IOException {
    Path root = results.resolve("root");
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("proc/loadavg"), "9.0 9.0 9.0 1/1 1");

    assertThat(shedlab("doctor", "--root", root.toString())).isZero();
    assertThat(out).contains("warning  load average       9 (expected: at most 0.5)");
    assertThat(shedlab("doctor", "--root", root.toString(), "--strict")).isEqualTo(4);
    assertThat(shedlab("doctor", "--strict=perhaps")).isEqualTo(2);
    assertThat(err).isEqualTo("shedlab: strict: perhaps (expected: 1 or 0)\n");
  }

  @Test
  void aFinishedRunNeedsNothingOutsideItsFolder() throws IOException {
    Path trace = Files.writeString(results.resolve("Peak, of May.txt"), "0\n10\n20\n90000\n");
    int code =
        shedlab(
            "simulate",
            "--profile=smoke",
            "--results=" + results,
            "--project=" + Project.root(),
            "--set=measure=2s arrivals=trace:file=" + trace + " deadline=100ms");
    assertThat(code).isZero();
    Files.delete(trace);
    Path run;
    try (Stream<Path> runs = Files.list(results)) {
      run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
    }

    Report.write(run);

    assertThat(Verification.of(run).differences()).isEmpty();
    assertThat(RunFiles.open(run).manifest().settings().get("arrivals"))
        .startsWith("trace:sha256=");
  }

  @Test
  void nothingThatIsWrittenDependsOnTheLanguageOfTheUser() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG")); // which has other digits
    try {
      int code =
          shedlab(
              "simulate",
              "--profile=smoke",
              "--results=" + results,
              "--project=" + Project.root(),
              "--strategies=fixed:limit=4",
              "--set=measure=1s");
      assertThat(code).isZero();
    } finally {
      Locale.setDefault(before);
    }
    assertThat(out).containsPattern("(?m)^[0-9]+ cells? in [0-9]+\\.[0-9] s$");
  }

  @Test
  void aKeyThatIsSetTwiceIsRefused() {
    int code = shedlab("simulate", "--project=" + Project.root(), "--set=seed=1 lead-in=1s seed=2");

    assertThat(code).isEqualTo(2);
    assertThat(err).isEqualTo("shedlab: set: seed=2 (expected: each key once)\n");
  }

  @Test
  void aSimulationRefusesToProfileInOneLine() {
    int code =
        shedlab(
            "simulate",
            "--profile=smoke",
            "--results=" + results,
            "--project=" + Project.root(),
            "--set=profile-cpu=yes");

    assertThat(code).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "shedlab: profile-cpu: yes"
                + " (expected: no: a simulated server has no stacks to sample)\n");
    assertThat(results).isEmptyDirectory();
  }

  private int gate(String base, String run) {
    return shedlab("gate", "--base", run(base), "--run", run(run), "--results", results.toString());
  }

  private String run(String name) {
    return results.resolve(name).toString();
  }

  private int shedlab(String... arguments) {
    Said said = Said.by(arguments);
    out = said.out();
    err = said.err();
    return said.code();
  }
}
