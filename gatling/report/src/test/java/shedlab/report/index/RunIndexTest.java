package shedlab.report.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;
import shedlab.report.Report;
import shedlab.report.compare.SampleRuns;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;

class RunIndexTest {
  @TempDir private Path results = Path.of("");

  @Test
  void theBestRunOfAQuestionIsFirstWithItsFinding() throws IOException {
    run("b", "20261101-120000-overload-default", true);
    run("a", "20261103-080500-overload-smoke", false);
    Report.write(results.resolve("b"));

    String page = page();

    assertThat(page).contains(">1 other run</p>");
    assertThat(page.indexOf("2026-11-01 12:00"))
        .isPositive()
        .isLessThan(page.indexOf("2026-11-03 08:05"));
    assertThat(page)
        .contains("<h2>Which way of saying no keeps the most useful work under overload?</h2>")
        .contains("<a href=\"b/report.html\">b</a>", "<a href=\"b/REPORT.md\">write-up</a>")
        .contains("smoke (not evidence)", "58 of 60 cells valid", "goodput in % of the capacity");
  }

  @Test
  void aRunSaysWhenWhatWhereAndHowMuchItMeasured() throws IOException {
    SampleRuns.dated(
        results.resolve("a"), "20261101-120000-load-curve-default", "0123456789ab", 1, c -> c);

    assertThat(page())
        .contains(
            "2026-11-01 12:00 · commit 01234567 · Intel Xeon, 2 CPUs, containers · undertow, jetty"
                + " and netty · 358 of 360 cells valid · 6 blocks · default");
  }

  @Test
  void publishedComesBeforeFreshAndFreshRunsAreNewestFirst() throws IOException {
    run("20261104-120000-overload-default", "20261104-120000-overload-default", true);
    run("20261105-120000-overload-default", "20261105-120000-overload-default", true);
    run("reference", "20261101-120000-overload-default", true);

    assertThat(order())
        .containsExactly(
            "reference", "20261105-120000-overload-default", "20261104-120000-overload-default");
  }

  @Test
  void aFolderWhoseNameOnlyBeginsLikeThatOfAPublishedRunIsFresh() throws IOException {
    run("references", "20261105-120000-overload-default", true);
    run("reference-full", "20261101-120000-overload-full", true);

    assertThat(order()).containsExactly("reference-full", "references");
  }

  @Test
  void moreValidCellsAndBlocksComeBeforeFewer() throws IOException {
    SampleRun.write(results.resolve("long"), 2, true);
    run("short", "20261105-120000-overload-default", true);

    assertThat(order()).containsExactly("long", "short");
  }

  @Test
  void whatASimulatorSaysComesAfterWhatWasMeasured() throws IOException {
    SampleRun.write(results.resolve("simulated"), 3, true);
    replace("simulated/plan.json", "\"containers\"", "\"simulated\"");
    run("measured", "20261101-120000-overload-smoke", false);

    assertThat(order()).containsExactly("measured", "simulated");
  }

  @Test
  void manyRunsOfAQuestionAreFolded() throws IOException {
    for (int day = 1; day <= 5; day++) {
      run("run-" + day, "2026110" + day + "-120000-overload-default", true);
    }

    assertThat(page())
        .contains("<details><summary>4 other runs, the newest first</summary>")
        .doesNotContain("<nav");
  }

  @Test
  void questionsHaveGroupsAndThatOfTheNewestRunIsFirst() throws IOException {
    run("a", "20261101-120000-overload-default", true);
    run("b", "20261103-120000-step-default", true);
    replace("b/plan.json", "\"load-curve\"", "\"step\"");
    replace("b/plan.json", "Which way of saying no", "Which way of saying yes");

    String page = page();

    assertThat(page.indexOf("<h2>Which way of saying yes"))
        .isPositive()
        .isLessThan(page.indexOf("<h2>Which way of saying no"));
    assertThat(page).contains("<a href=\"#step\">Which way of saying yes", "id=\"load-curve\"");
  }

  @Test
  void runsWithSettingsOfOnesOwnAreAGroupOfTheirOwn() throws IOException {
    run("a", "20261101-120000-overload-default", true);
    run("more", "20261102-120000-overload-default", true);
    invoked("more", "make", "bench", "SET=repeats=9 task-units=40", "SERVERS=netty");
    run("own", "20261103-120000-overload-default", true);
    invoked("own", "shedlab.jar", "bench", "--set", "repeats=9 deadline=100ms");

    String page = page();

    assertThat(page)
        .contains("<h2><code>load-curve</code> with settings of your own</h2>")
        .contains("<code>repeats=9 deadline=100ms</code>")
        .doesNotContain("<code>repeats=9 task-units=40</code>");
    assertThat(order()).containsExactly("own", "more", "a");
  }

  @Test
  void runsWithOtherSettingsOfOnesOwnAreInNoCourseWithTheNewest() throws IOException {
    for (int day = 1; day <= 3; day++) {
      String name = "2026110" + day + "-120000-load-curve-default";
      SampleRuns.dated(results.resolve(name), name, "0123456789ab", day, c -> c);
      invoked(name, "bench", "--set", day == 2 ? "workers=1" : "workers=2");
    }

    assertThat(page()).contains("2 runs can be compared").doesNotContain("3 runs can be compared");
  }

  private void invoked(String run, String... words) throws IOException {
    String list =
        Stream.of(words).map(word -> "\"" + word + "\"").collect(Collectors.joining(", "));
    replace(run + "/plan.json", "\"invocation\" : [ ]", "\"invocation\" : [ " + list + " ]");
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = results.resolve(file);
    assertThat(path).content().contains(from);
    Files.writeString(path, Files.readString(path).replace(from, to));
  }

  /** The folders of the runs, in the order of the page. */
  private List<String> order() throws IOException {
    return Pattern.compile("<p>(?:<a href=[^>]*>)?([\\w-]+)(?:</a>)?: ")
        .matcher(page())
        .results()
        .map(run -> run.group(1))
        .toList();
  }

  @Test
  void thePublishedRunsOfTheProjectAreReadable() throws IOException {
    List<Path> published;
    try (Stream<Path> all = Files.list(Project.file("results"))) {
      published =
          all.filter(run -> run.getFileName().toString().startsWith("reference"))
              .filter(run -> Files.exists(run.resolve("plan.json")))
              .toList();
    }
    for (Path run : published) {
      Path copy = Files.createDirectories(results.resolve(run.getFileName()));
      for (String file : RunFiles.PUBLISHED) {
        if (Files.exists(run.resolve(file))) {
          Files.copy(run.resolve(file), copy.resolve(file));
        }
      }
    }

    String page = page();

    assertThat(order()).hasSameSizeAs(published);
    assertThat(page)
        .contains("<h2>What does each strategy do to goodput and latency as load passes capacity?")
        .containsPattern(
            "commit [0-9a-f]{8}\\+? · [^·]+, \\d+ CPUs, (processes|containers) · netty")
        .doesNotContain("cannot be read", "NaN", "Infinity");
    assertThat(page.length()).isLessThan(200_000);
  }

  @Test
  void aRunThatCannotBeReadIsListedWithTheReason() throws IOException {
    run("good", "20261101-120000-overload-default", true);
    Files.createDirectories(results.resolve("newer"));
    Files.writeString(results.resolve("newer/plan.json"), "{\"formatVersion\": 99}");
    Files.createDirectories(results.resolve("torn"));
    Files.writeString(results.resolve("torn/plan.json"), "{");

    assertThat(page())
        .contains("Runs that cannot be read", "✗ plan.json:1: formatVersion: 99 (expected: 1 to ")
        .contains("<a href=\"torn/\">torn</a>", "plan.json:1: JSON: Unexpected end-of-input");
  }

  @Test
  void theReasonDoesNotNameTheMachinesFolders() throws IOException {
    run("half", "20261101-120000-overload-default", true);
    Files.delete(results.resolve("half/env.json"));

    assertThat(page())
        .contains("✗ no env.json (expected: the folder of a run)")
        .doesNotContain(results.toString());
  }

  @Test
  void aRunThatIsJustBeingPublishedIsNotListed() throws IOException {
    run("reference", "20261101-120000-overload-default", true);
    run(".new-reference", "20261102-120000-overload-default", true);

    assertThat(order()).containsExactly("reference");
    assertThat(page()).doesNotContain(".new-reference");
  }

  @Test
  void otherPagesAndNothingElseAreListedToo() throws IOException {
    Files.createDirectories(results.resolve("20261101-jmh"));
    Files.writeString(results.resolve("20261101-jmh/jmh.json"), "[]");
    Files.writeString(results.resolve("compare-a-b.html"), "");
    Files.writeString(results.resolve("README.md"), "");
    Files.createDirectories(results.resolve("notes"));
    for (String file :
        List.of("refusals/refusals.csv", "20261102-protocols/protocols.csv", "league/scores.csv")) {
      Path table = results.resolve(file);
      Files.createDirectories(table.resolve("..").normalize());
      Files.writeString(table, "");
      Files.writeString(table.resolveSibling("index.html"), "");
    }

    assertThat(page())
        .contains("20261101-jmh/jmh.json", "compare-a-b.html")
        .contains("<a href=\"refusals/README.md\">", "<a href=\"20261102-protocols/README.md\">")
        .contains("<a href=\"league/index.html\">")
        .doesNotContain("\"README", "notes/");
  }

  @Test
  void anotherPageOfThatNameIsLeftAlone() throws IOException {
    run("a", "20261101-120000-overload-default", true);
    Files.writeString(results.resolve("index.html"), "mine");

    RunIndex.around(results.resolve("a"));
    assertThat(results.resolve("index.html")).hasContent("mine");

    assertThatIOException()
        .isThrownBy(() -> RunIndex.write(results))
        .withMessageEndingWith("index.html: another page (expected: none, or the index of runs)");
  }

  @Test
  void anEmptyFolderSaysHowToMakeARun() throws IOException {
    assertThat(page()).contains("No run yet: <code>make bench</code> makes one.");
  }

  @Test
  void thePageIsWellFormedLoadsNothingAndIsTheSameAgain() throws Exception {
    run("a&b <c>", "20261101-120000-overload-default", true);

    String page = page();

    assertThat(page()).isEqualTo(page);
    assertThat(page).doesNotContain("<script", "src=", "http://", "https://", "url(");
    assertThat(page).contains("prefers-color-scheme: dark", "a&amp;b &lt;c&gt;");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(
                page.replace("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8)));
  }

  private void run(String folder, String name, boolean evidence) throws IOException {
    Path run = results.resolve(folder);
    SampleRun.write(run, 1, evidence);
    Path plan = run.resolve("plan.json");
    Files.writeString(plan, Files.readString(plan).replace("\"sample\"", "\"" + name + "\""));
  }

  private String page() throws IOException {
    return Files.readString(RunIndex.write(results));
  }
}
