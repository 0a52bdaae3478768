package shedlab.report.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Report;
import shedlab.report.result.SampleRun;

class RunIndexTest {
  @TempDir private Path results = Path.of("");

  @Test
  void theNewestRunIsFirstWithItsFinding() throws IOException {
    run("b", "20261101-120000-overload-default", true);
    run("a", "20261103-080500-overload-smoke", false);
    Report.write(results.resolve("b"));

    String page = page();

    assertThat(page.indexOf("2026-11-03 08:05"))
        .isPositive()
        .isLessThan(page.indexOf("2026-11-01"));
    assertThat(page)
        .contains("<a href=\"b/report.html\">b</a>", "<a href=\"b/REPORT.md\">write-up</a>")
        .contains("smoke (not evidence)", "58 of 60 cells valid", "goodput in % of the capacity");
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
  void otherPagesAndNothingElseAreListedToo() throws IOException {
    Files.createDirectories(results.resolve("20261101-jmh"));
    Files.writeString(results.resolve("20261101-jmh/jmh.json"), "[]");
    Files.writeString(results.resolve("compare-a-b.html"), "");
    Files.writeString(results.resolve("README.md"), "");
    Files.createDirectories(results.resolve("notes"));

    assertThat(page())
        .contains("20261101-jmh/jmh.json", "compare-a-b.html")
        .doesNotContain("README", "notes");
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
