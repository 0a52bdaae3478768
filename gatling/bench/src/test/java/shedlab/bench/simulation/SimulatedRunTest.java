package shedlab.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Experiment;
import shedlab.report.Project;
import shedlab.report.Report;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;
import shedlab.spec.SpecException;

class SimulatedRunTest {
  private static final Experiment OVERLOAD =
      Experiment.load(
          Project.file("gatling/experiments/overload.properties"),
          "default",
          Map.of("measure", "60s"));

  private static RunFiles run(Path folder) throws IOException {
    SimulatedRun run = SimulatedRun.of(OVERLOAD, "1");
    RunFiles files =
        RunFiles.create(folder, run.manifest("simulated", List.of()), Map.of("JVM", "any"));
    run.into(files);
    return files;
  }

  @Test
  void everyCellIsThereAndValidAndShedsWhatTheorySays(@TempDir Path folder) throws IOException {
    RunFiles files = run(folder.resolve("run"));

    assertThat(files.cells()).hasSize(4 * 3).allMatch(CellResult::valid);
    assertThat(files.cells())
        .filteredOn(cell -> cell.judgement().predictedShedShare() != null)
        .hasSize(3)
        .allSatisfy(
            cell ->
                assertThat(cell.clientSide().shedShare())
                    .isCloseTo(cell.judgement().predictedShedShare(), within(0.02)));
    assertThat(files.cells())
        .filteredOn(cell -> cell.strategy().equals("none") && cell.load() > 1.1)
        .hasSize(2)
        .allMatch(cell -> cell.clientSide().goodputPerSecond() < 0.1 * cell.capacityPerSecond());
  }

  @Test
  void whatTheSimulatorCannotTellApartIsLeftOutWithAReason() {
    SimulatedRun run = SimulatedRun.of(placement(Map.of()), "4");

    assertThat(run.size()).isEqualTo(1);
    assertThat(run.leftOut())
        .hasSize(5)
        .contains(
            "task-on-io: the simulator does not model task-on",
            "gate-on-many-workers: the simulator does not model gate-on");
  }

  @Test
  void anExperimentOfWhichTheSimulatorKnowsNothingIsRefused() {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> SimulatedRun.of(placement(Map.of("variants", "task-on-io")), "4"))
        .withMessage("experiment: placement (expected: a variant without [task-on])");
  }

  private static Experiment placement(Map<String, String> more) {
    return Experiment.load(
        Project.file("gatling/experiments/placement.properties"), "default", more);
  }

  @Test
  void theSameExperimentGivesTheSameBytes(@TempDir Path folder) throws IOException {
    run(folder.resolve("a"));
    run(folder.resolve("b"));

    assertThat(folder.resolve("a/cells.jsonl"))
        .hasSameBinaryContentAs(folder.resolve("b/cells.jsonl"));
  }

  @Test
  void theReportSaysThatNoServerHasRun(@TempDir Path folder) throws IOException {
    run(folder.resolve("run"));
    Report.write(folder.resolve("run"));

    for (String file : new String[] {"report.html", "REPORT.md"}) {
      assertThat(Files.readString(folder.resolve("run").resolve(file))).contains("SIMULATED");
    }
  }

  @Test
  void everyExperimentCanBeSimulated(@TempDir Path folder) throws IOException {
    for (Path file : shipped()) {
      Experiment experiment = Experiment.load(file, "smoke", Map.of());
      SimulatedRun run = SimulatedRun.of(experiment, "1");
      Path to = folder.resolve(experiment.name());
      RunFiles files =
          RunFiles.create(to, run.manifest(experiment.name(), List.of()), Map.of("JVM", "any"));
      run.into(files);
      assertThat(files.cells()).hasSize(run.size()).allMatch(CellResult::valid);
      for (CellResult cell : files.cells()) {
        assertThat(files.cellFolder(cell.key().id()).resolve("client.csv")).isNotEmptyFile();
        assertThat(files.cellFolder(cell.key().id()).resolve("server.csv")).isNotEmptyFile();
      }
    }
    RunFiles step = RunFiles.open(folder.resolve("step"));
    assertThat(step.cells()).allMatch(cell -> cell.clientSide().dynamics() != null);
    RunFiles storm = RunFiles.open(folder.resolve("retry-storm"));
    assertThat(storm.cells())
        .filteredOn(cell -> cell.variant().isEmpty())
        .isNotEmpty()
        .allSatisfy(
            cell ->
                assertThat(cell.clientSide().attempts())
                    .isNotNull()
                    .satisfies(
                        a ->
                            assertThat(a.sent())
                                .isGreaterThan(cell.clientSide().outcomes().total())));
    RunFiles mixed = RunFiles.open(folder.resolve("mixed"));
    assertThat(mixed.cells()).allMatch(cell -> cell.clientSide().tenants().size() == 3);
  }

  private static RunFiles fleet(Path folder, Map<String, String> more, String cores)
      throws IOException {
    Map<String, String> settings = new LinkedHashMap<>(Map.of("variants", "plain"));
    settings.putAll(more);
    Experiment experiment =
        Experiment.load(Project.file("gatling/experiments/fleet.properties"), "default", settings);
    SimulatedRun run = SimulatedRun.of(experiment, cores);
    RunFiles files =
        RunFiles.create(folder, run.manifest("simulated", List.of()), Map.of("JVM", "any"));
    run.into(files);
    Report.write(folder);
    return files;
  }

  @Test
  void aFleetBehindARandomBalancerIsAsManyLossSystems(@TempDir Path folder) throws IOException {
    RunFiles files =
        fleet(
            folder,
            Map.of(
                "fleet",
                "servers=3,balance=random",
                "kill",
                "none",
                "strategies",
                "fixed:limit=1",
                "reference",
                "fixed:limit=1",
                "loads",
                "1.5",
                "measure",
                "300s"),
            "3");

    assertThat(files.cells())
        .singleElement()
        .satisfies(
            cell ->
                assertThat(cell.clientSide().shedShare())
                    .isCloseTo(cell.judgement().predictedShedShare(), within(0.01)));
  }

  @Test
  void theReportSaysWhichStrategiesSurviveTheLossOfAServer(@TempDir Path folder)
      throws IOException {
    fleet(folder, Map.of(), "1");

    assertThat(folder.resolve("REPORT.md"))
        .content()
        .contains(
            "## One of 3 servers killed",
            "The first of 3 servers was killed 6 s into the window, and started again 8 s later",
            "The others survived with `fixed+fifo`, ",
            "They did not with `none` (",
            "66.7 % of the capacity",
            "| before | one down | at the end | without an answer |")
        .doesNotContain("a neighbour took its part", "Measurement and simulation differ")
        .doesNotContain("nothing had to be shed", "although there was capacity");
  }

  @Test
  void aMeasuredFleetIsComparedWithASimulatedOneAndAMeasurementThatWasSimulatedIsTheSame(
      @TempDir Path folder) throws IOException {
    fleet(folder, Map.of("strategies", "fixed:limit=1", "reference", "fixed:limit=1"), "1");
    Path plan = folder.resolve("plan.json");
    Files.writeString(
        plan,
        Files.readString(plan).replace("\"host\" : \"simulated\"", "\"host\" : \"processes\""));
    Report.write(folder);

    String text = Files.readString(folder.resolve("REPORT.md"));
    assertThat(text)
        .contains("| before | simulated | one down | simulated | at the end | simulated |")
        .contains("a neighbour took its part of the CPU time");
    Matcher most =
        Pattern.compile("differ by at most ([0-9.]+) percentage points while").matcher(text);
    assertThat(most.find()).isTrue();
    assertThat(Double.parseDouble(most.group(1))).isLessThan(8);
    assertThat(folder.resolve("charts/course-light.svg")).content().contains("thin ");
  }

  @Test
  void coresAreAWholeNumber() {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> SimulatedRun.of(OVERLOAD, "many"))
        .withMessage("cores: many (expected: a whole number from 1 to 100000)");
  }

  private static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Project.file("gatling/experiments"))) {
      return files.filter(file -> file.toString().endsWith(".properties")).sorted().toList();
    }
  }
}
