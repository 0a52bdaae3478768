package shedlab.report.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.report.Folder;
import shedlab.report.Project;
import shedlab.report.Report;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.RunFiles;

/** On a real run of two short cells, with their raw files. */
class VerificationTest {
  private static final String CELL = "netty-1-fixed-2.0x-r1";

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path kept;

  @TempDir private Path run = Path.of("");

  /** Only to be copied. */
  @BeforeAll
  static void aReport() throws IOException {
    SmallRun.copyTo(kept);
    Report.write(kept);
  }

  @BeforeEach
  void aRunWithItsReport() throws IOException {
    Folder.copy(kept, run);
  }

  @Test
  void everythingFollowsFromTheRawFiles() throws IOException {
    Verification verification = Verification.of(run);

    assertThat(verification.differences()).isEmpty();
    assertThat(verification.holds()).isTrue();
    assertThat(verification.recomputed()).isEqualTo(2);
    assertThat(verification.files()).contains("REPORT.md", "report.html", "summary.csv");
    assertThat(verification.summary())
        .startsWith(
            "2 cells, 2 of them recomputed from raw files; made again: README-block.md, REPORT.md, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-full", "-step", "-retry-storm", "-reject-cost"})
  void thePublishedRunsFollowFromTheirRawFiles(String name) throws IOException {
    Differences differences = new Differences();
    RunFiles published = RunFiles.open(Project.file("results/reference" + name));

    int recomputed = Verification.cells(published, differences);

    assertThat(differences.all()).isEmpty();
    assertThat(recomputed).isEqualTo(published.cells().size());
  }

  @Test
  void aNumberChangedInTheWriteUpIsFoundAtItsLine() throws IOException {
    replace("REPORT.md", "| netty | `fixed` |", "| netty | `fixed` | 99.9 % |");

    assertThat(Verification.of(run).differences())
        .singleElement()
        .asString()
        .matches("REPORT\\.md:\\d+: .*99\\.9 %.* \\(expected: .*\\)");
  }

  @Test
  void peoplesOwnTextIsNoDifference() throws IOException {
    replace("REPORT.md", "<!-- human:why -->\n", "<!-- human:why -->\nBecause.\n");

    assertThat(Verification.of(run).differences()).isEmpty();
  }

  @Test
  void aChangedSummaryAStrayChartAndAMissingPageAreFound() throws IOException {
    Files.writeString(run.resolve("summary.csv"), "server\n");
    Files.writeString(run.resolve("charts/old-light.svg"), "<svg/>");
    Files.delete(run.resolve("report.html"));

    assertThat(Verification.of(run).differences())
        .hasSize(3)
        .anyMatch(d -> d.startsWith("summary.csv:1: server (expected: server,strategy,"))
        .contains(
            "charts/old-light.svg: there (expected: not made by the report)",
            "report.html: missing (expected: made by the report)");
  }

  @Test
  void aCellThatContradictsAnyOfItsFilesIsFound() throws IOException {
    replaceInCell("client.json", "\"good\" : 207", "\"good\" : 208");
    assertThat(Verification.of(run).differences())
        .contains(
            "cells.jsonl: "
                + CELL
                + ": clientSide.outcomes.good: 207 (expected: 208, by client.json)");
  }

  @Test
  void everyFigureThatTheLoadGeneratorToldIsCheckedWhateverItsName() throws IOException {
    Path cell = run.resolve("cells").resolve(CELL);
    LoadResult.read(cell).write(cell); // in today's format
    Path file = cell.resolve(LoadResult.FILE);
    ObjectNode client = (ObjectNode) new JsonMapper().readTree(file.toFile());
    ((ObjectNode) client.get("window")).putObject("figures").put("a_new_one", 7.5);
    Files.writeString(file, client.toString());

    assertThat(Verification.of(run).differences())
        .contains(
            "cells.jsonl: "
                + CELL
                + ": clientSide.figures.a_new_one: null (expected: 7.5, by client.json)");
  }

  @Test
  void theServersOwnSamplesAreCheckedToo() throws IOException {
    Path samples = run.resolve("cells").resolve(CELL).resolve("server.csv");
    Files.writeString(
        samples, Files.readString(samples).replaceAll(",4,4,0,", ",4,3,1,")); // one moved to wait

    assertThat(Verification.of(run).differences())
        .filteredOn(d -> d.startsWith("cells.jsonl"))
        .hasSize(2)
        .anyMatch(d -> d.startsWith("cells.jsonl: " + CELL + ": serverSide.meanInflight: "))
        .anyMatch(d -> d.startsWith("cells.jsonl: " + CELL + ": serverSide.meanWaiting: "));
  }

  @Test
  void aVerdictThatContradictsItsOwnValueIsFound() throws IOException {
    replace(
        "cells.jsonl",
        "\"value\":\"205\",\"bound\":\"= 205\",\"ok\":true},{\"name\":\"recorded twice\"",
        "\"value\":\"205\",\"bound\":\"= 206\",\"ok\":true},{\"name\":\"recorded twice\"");

    assertThat(Verification.of(run).differences())
        .contains(
            "cells.jsonl: netty-1-fixed-0.5x-r1: started: held (expected: broken, as 205 against ="
                + " 206 says)");
  }

  @Test
  void aCertificateThatTheLoadGeneratorDidNotWriteIsFound() throws IOException {
    replaceInCell("client.json", "\"duplicates\" : 0", "\"duplicates\" : 3");

    assertThat(Verification.of(run).differences())
        .containsExactly(
            "cells.jsonl: " + CELL + ": recorded twice: 0 (expected: 3, by client.json)",
            "cells/"
                + CELL
                + "/client.json: changed (expected: as when the report was made, by SHA256SUMS)");
  }

  @Test
  void theServersCpuTimeIsCheckedToo() throws IOException {
    Path cells = run.resolve("cells.jsonl");
    Files.writeString(
        cells, Files.readString(cells).replaceAll("\"cpuSeconds\":[0-9.]+", "\"cpuSeconds\":0.1"));

    assertThat(Verification.of(run).differences())
        .filteredOn(d -> d.contains(": serverSide.use.cpuSeconds: 0.1 (expected: "))
        .hasSize(2);
  }

  @Test
  void theReactionToAStepIsCheckedToo(@TempDir Path step) throws IOException {
    Folder.copy(Project.file("results/reference-step"), step);
    Path cells = step.resolve("cells.jsonl");
    Matcher settled = Pattern.compile("\"settleSeconds\":[0-9.]+").matcher(Files.readString(cells));
    long changed = settled.results().count();
    Files.writeString(cells, settled.reset().replaceAll("\"settleSeconds\":99.9"));

    assertThat(changed).isPositive();
    assertThat(Verification.of(step).differences())
        .filteredOn(d -> d.contains(": clientSide.dynamics.settleSeconds: 99.9 (expected: "))
        .hasSize((int) changed);
  }

  @Test
  void aCellWithoutRawFilesIsCheckedAgainstItself() throws IOException {
    try (Stream<Path> raw = Files.walk(run.resolve("cells"))) {
      for (Path file : raw.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    assertThat(Verification.of(run).differences())
        .contains(
            "cells/"
                + CELL
                + "/server.csv: missing (expected: as when the report was made, by SHA256SUMS)");
    Report.write(run);
    assertThat(Verification.of(run).differences().stream().filter(d -> d.startsWith("cells")))
        .isEmpty();
    assertThat(Verification.of(run).recomputed()).isZero();

    replace("cells.jsonl", "\"goodputPerSecond\":207.0", "\"goodputPerSecond\":190.0");

    assertThat(Verification.of(run).differences())
        .contains(
            "cells.jsonl: "
                + CELL
                + ": clientSide.goodputPerSecond: 190.0 (expected: 207.0, by outcomes)");
  }

  @Test
  void nothingIsWrittenIntoTheRun() throws IOException {
    Files.delete(run.resolve("summary.csv"));

    Verification.of(run);

    assertThat(run.resolve("summary.csv")).doesNotExist();
    assertThat(run.resolve("cells").resolve(CELL).resolve("client.json")).exists();
  }

  private void replaceInCell(String file, String from, String to) throws IOException {
    replace("cells/" + CELL + "/" + file, from, to);
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = run.resolve(file);
    assertThat(path).content().contains(from);
    Files.writeString(path, Files.readString(path).replace(from, to));
  }
}
