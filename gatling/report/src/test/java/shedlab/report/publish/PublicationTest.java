package shedlab.report.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.load.ArrivalProcess;
import shedlab.report.Report;
import shedlab.report.raw.Recordings;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;

class PublicationTest {
  private static final String CELL = "cells/netty-1-none-0.5x-r1/";

  @TempDir private Path root = Path.of("");
  private Path results = root;
  private Path run = root;

  @BeforeEach
  void aRunAndTwoReadmes() throws IOException {
    results = Files.createDirectories(root.resolve("results"));
    run = results.resolve("20261101-120000-overload-default");
    Files.writeString(
        results.resolve("RUNS.md"), "# Runs\n<!-- published -->\n<!-- /published -->\nend\n");
    Files.writeString(
        root.resolve("README.md"), "a\n<!-- reference -->\nold\n<!-- /reference -->\nb\n");
    SampleRun.write(run, 1, true);
    Path plan = run.resolve("plan.json");
    Files.writeString(plan, Files.readString(plan).replace("load-curve", "overload"));
    for (String file : List.of("client.json", "server.log", "gatling/index.html")) {
      Path raw = run.resolve(CELL + file);
      Files.createDirectories(raw.getParent());
      Files.writeString(raw, "");
    }
  }

  @Test
  void aFoldersBlockIsShownWhereTheReadmeBesideHasItsMarks() throws IOException {
    Path league = Files.createDirectories(results.resolve("league"));
    Files.writeString(league.resolve("README-block.md"), "[page](index.html)\n");
    Path front = root.resolve("README.md");
    String without = Files.readString(front);

    Publication.show(league);
    assertThat(front).hasContent(without);

    Files.writeString(front, without + "<!-- league -->\nold\n<!-- /league -->\n");
    Publication.show(league);
    assertThat(front)
        .hasContent(
            without + "<!-- league -->\n[page](results/league/index.html)\n<!-- /league -->\n");
  }

  @Test
  void theReadmeOfTheResultsShowsAFoldersBlockWithLinksFromThere() throws IOException {
    Path league = Files.createDirectories(results.resolve("league"));
    Files.writeString(league.resolve("README-block.md"), "[page](index.html)\n");
    Path article = results.resolve("README.md");
    Files.writeString(article, "<!-- league -->\nold\n<!-- /league -->\n");

    Publication.show(league);

    assertThat(article)
        .hasContent("<!-- league -->\n[page](league/index.html)\n<!-- /league -->\n");
  }

  @Test
  void aPublishedRunHasItsOwnCopyOfARecording() throws IOException {
    ArrivalProcess recorded = ArrivalProcess.parse("trace:steps=0-10-90");
    Recordings.keep(run, List.of(recorded));
    Path plan = run.resolve("plan.json");
    Files.writeString(
        plan,
        Files.readString(plan)
            .replace("\"deadline\" : ", "\"arrivals\" : \"" + recorded + "\", \"deadline\" : "));

    Path published = Publication.of(run, results);

    Recordings.check(published, RunFiles.open(published).manifest());
    assertThat(Recordings.files(RunFiles.open(published).manifest()))
        .singleElement()
        .asString()
        .matches("trace-[0-9a-f]{16}\\.txt");
  }

  @Test
  void aPublishedRunHasTheRawFilesAFreshReportAndWhatPeopleWrote() throws IOException {
    Report.write(run);
    Path writeUp = run.resolve("REPORT.md");
    String words = "<!-- human:summary -->\nMine.\n";
    Files.writeString(
        writeUp, Files.readString(writeUp).replace("<!-- human:summary -->\n", words));
    Files.writeString(run.resolve("summary.csv"), "forged");
    Path old = Files.createDirectories(results.resolve("reference"));
    Files.writeString(old.resolve("jmh.json"), "[]");
    Files.writeString(old.resolve("stale.svg"), "");

    Path published = Publication.of(run, results);

    assertThat(published).isEqualTo(old);
    assertThat(published.resolve("summary.csv")).content().startsWith("server,strategy");
    assertThat(published.resolve("REPORT.md")).content().contains(words);
    assertThat(published.resolve("plan.json")).hasSameTextualContentAs(run.resolve("plan.json"));
    assertThat(published.resolve("jmh.json")).hasContent("[]");
    assertThat(published.resolve(CELL + "client.json")).exists();
    assertThat(published.resolve(CELL + "server.log")).doesNotExist();
    assertThat(published.resolve(CELL + "gatling")).doesNotExist();
    assertThat(published.resolve("stale.svg")).doesNotExist();
    assertThat(results.resolve(".new-reference")).doesNotExist();
  }

  @Test
  void whatPeopleWroteOfAnEarlierRunIsNeitherTakenOverNorLost() throws IOException {
    Path old = Files.createDirectories(results.resolve("reference")).resolve("REPORT.md");
    Files.writeString(old, "<!-- human:summary -->\nOf before.\n<!-- /human -->\n");

    assertThatIOException()
        .isThrownBy(() -> Publication.of(run, results))
        .withMessageContaining("REPORT.md: nothing that people wrote (expected: a text between")
        .withMessageContaining(old.toString());

    assertThat(old).content().contains("Of before.");
  }

  @Test
  void theListAndTheReadmeHaveItsFindingsWithLinksRelativeToThem() throws IOException {
    Publication.of(run, results);

    assertThat(results.resolve("RUNS.md"))
        .content()
        .startsWith("# Runs\n<!-- published -->\n\n## Which way of saying no")
        .contains("\n<!-- reference -->\nAt 2x the capacity, goodput in % of the capacity was: ")
        .contains("**58 of 60 cells valid.**", "](reference/report.html)", "| `none` |")
        .contains("srcset=\"reference/charts/", "From a run of `", "](reference/REPORT.md)")
        .endsWith("<!-- /reference -->\n<!-- /published -->\nend\n");
    assertThat(root.resolve("README.md"))
        .content()
        .startsWith("a\n<!-- reference -->\nAt 2x the capacity, goodput in % of the capacity was")
        .contains("](results/reference/report.html)", " src=\"results/reference/charts/")
        .doesNotContain("old")
        .endsWith("<!-- /reference -->\nb\n");
  }

  @Test
  void publishingAgainReplacesTheRunAndListsItOnce() throws IOException {
    Path published = Publication.of(run, results);
    String list = Files.readString(results.resolve("RUNS.md"));
    Files.writeString(published.resolve("summary.csv"), "forged");

    assertThat(Publication.of(published, results)).isEqualTo(published);

    assertThat(published.resolve("summary.csv")).content().startsWith("server,strategy");
    assertThat(published.resolve(CELL + "client.json")).exists();
    assertThat(results.resolve("RUNS.md")).hasContent(list);
  }

  @Test
  void aRunOrAListThatIsMissingChangesNothing() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> Publication.of(results.resolve("nowhere"), results))
        .withMessageContaining("no plan.json");
    Files.writeString(results.resolve("RUNS.md"), "no marks");
    assertThatIOException()
        .isThrownBy(() -> Publication.of(run, results))
        .withMessageEndingWith("no <!-- /published --> (expected: a line of its own)");
    Files.delete(results.resolve("RUNS.md"));
    assertThatIOException()
        .isThrownBy(() -> Publication.of(run, results))
        .withMessageEndingWith("missing (expected: the list of published runs)");
    assertThat(results.resolve("reference")).doesNotExist();
  }

  @Test
  void theNameHasExperimentAndProfileUnlessTheyAreTheDefault() {
    assertThat(name("overload", "default")).isEqualTo("reference");
    assertThat(name("overload", "full")).isEqualTo("reference-full");
    assertThat(name("step", "default")).isEqualTo("reference-step");
    assertThat(name("step", "smoke")).isEqualTo("reference-step-smoke");
  }

  @Test
  void aRunOfServersThatAreNotOursIsOneOfItsOwn() {
    assertThat(name("overload", "default", "none", "own")).isEqualTo("reference-targets");
    assertThat(name("step", "full", "own:limit=4")).isEqualTo("reference-step-targets-full");
  }

  @Test
  void onlyRelativeLinksMove() {
    assertThat(
            Publication.linkedFrom(
                "x/", "[a](b.md) [c](https://d) [e](#f) <img src=\"g.svg\" srcset=\"h.svg\">"))
        .isEqualTo("[a](x/b.md) [c](https://d) [e](#f) <img src=\"x/g.svg\" srcset=\"x/h.svg\">");
  }

  private static String name(String experiment, String profile, String... strategies) {
    return Publication.name(
        new Manifest.Purpose(experiment, "?", profile, true), List.of(strategies));
  }
}
