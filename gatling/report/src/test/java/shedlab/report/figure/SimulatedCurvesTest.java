package shedlab.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.load.ArrivalProcess;
import shedlab.report.Report;
import shedlab.report.metric.Summary;
import shedlab.report.raw.Recordings;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;
import shedlab.report.verify.Verification;

/** What is simulated beside a measured run is the run's own experiment. */
class SimulatedCurvesTest {
  @TempDir private Path folder = Path.of("");
  private Path run = folder;

  /** Of the static strategies at one load: less to simulate than the whole sample. */
  private void measured(double load) throws IOException {
    run = folder.resolve("run");
    SampleRun.write(run, SampleRun.STRATEGIES.subList(1, 3), List.of(load), 1, true);
  }

  @Test
  void aServerThatLosesCpuLosesItInTheSimulationToo() throws IOException {
    measured(0.9);
    double before = goodput(points(), 0.9);
    settings("\"capacity-drop\" : \"at=1s,for=10s,left=0.5\"");

    assertThat(goodput(points(), 0.9)).isLessThan(0.75 * before);
  }

  @Test
  void requestsThatGrowGrowInTheSimulationTooWhateverTheUnitOfTheMoment() throws IOException {
    measured(0.9);
    double before = goodput(points(), 0.9);
    settings("\"slowdown\" : \"at=1000000us,factor=3\"");

    assertThat(goodput(points(), 0.9)).isLessThan(0.6 * before);
  }

  @Test
  void clientsAndSizesAreThoseOfTheFirstVariant() throws IOException {
    measured(2);
    double before = goodput(points(), 2.0);
    Path plan = run.resolve("plan.json");
    Files.writeString(
        plan,
        Files.readString(plan)
            .replace("\"settings\" : { }", "\"settings\" : { \"work\" : \"0.1\" }"));

    assertThat(goodput(points(), 2.0)).isGreaterThan(1.5 * before);
  }

  @Test
  void aRecordingIsReadFromTheRunsFolderAndFromNowhereElse() throws IOException {
    measured(0.9);
    Path file = Files.writeString(folder.resolve("Peak.txt"), "0\n10\n20\n30\n100000\n");
    ArrivalProcess process = ArrivalProcess.parse("trace:file=" + file);
    Recordings.keep(run, List.of(process));
    List<SimulatedCurves.Point> poisson = points();
    settings("\"arrivals\" : \"" + process + "\"");
    Files.delete(file);

    assertThat(points()).hasSameSizeAs(poisson).isNotEqualTo(poisson);
    Report.write(run);
    assertThat(Verification.of(run).differences()).isEmpty();

    Path copy = run.resolve(Recordings.files(RunFiles.open(run).manifest()).get(0));
    Files.writeString(copy, "0\n10\n20\n30\n200000\n");
    assertThatIOException()
        .isThrownBy(() -> Report.write(run))
        .withMessageStartingWith(copy + ": sha256: ")
        .withMessageContaining(", as in the plan)");
    assertThatIOException().isThrownBy(() -> Verification.of(run));
    Files.delete(copy);
    assertThatIOException()
        .isThrownBy(() -> Report.write(run))
        .withMessage("trace: " + copy + " (expected: a readable file)");
  }

  @Test
  void theOriginalFileOfAnEarlyRunIsNotRead() throws IOException {
    measured(0.9);
    Path file = Files.writeString(folder.resolve("peak.txt"), "0\n10\n20\n");
    settings("\"arrivals\" : \"trace:file=" + file + "\"");

    assertThat(points()).isEmpty();
  }

  @Test
  void aPlanThatCannotBeReadIsNotVerified() throws IOException {
    measured(0.9);
    Report.write(run);
    settings("\"slowdown\" : \"at=1h,factor=2\"");

    assertThatIOException()
        .isThrownBy(() -> Verification.of(run))
        .withMessageStartingWith("plan.json: at: 1h (expected: a duration above zero");
  }

  private List<SimulatedCurves.Point> points() throws IOException {
    RunFiles files = RunFiles.open(run);
    return SimulatedCurves.of(files, Summary.of(files.manifest(), files.cells()));
  }

  private static double goodput(List<SimulatedCurves.Point> points, double load) {
    return points.stream()
        .filter(point -> point.row().load() == load)
        .filter(
            point -> point.row().strategy().equals("fixed:limit=1+fifo:capacity=16,timeout=100ms"))
        .mapToDouble(SimulatedCurves.Point::goodputShare)
        .findFirst()
        .orElseThrow();
  }

  private void settings(String more) throws IOException {
    Path plan = run.resolve("plan.json");
    Files.writeString(
        plan,
        Files.readString(plan)
            .replace("\"deadline\" : \"250ms\"", "\"deadline\" : \"250ms\", " + more));
  }
}
