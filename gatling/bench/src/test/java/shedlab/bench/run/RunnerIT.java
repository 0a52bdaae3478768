package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.ProcessHost;
import shedlab.report.flame.Stacks;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;

/**
 * A run that was killed after the first attempt of its only cell had failed goes on, and the server
 * of its calibration is killed as well.
 */
class RunnerIT {
  private static final CpuSplit CPUS = SmallRun.CPUS;

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path folder;

  private static final List<String> PHASES = new ArrayList<>();
  private static final List<CellResult> FINISHED = new ArrayList<>();
  private static long serversLeft = -1;

  @BeforeAll
  static void aRunGoesOn() throws Exception {
    Plan plan = SmallRun.plan(Map.of("loads", "0.3", "lead-in", "1s", "profile-cpu", "yes"));
    try (ProcessHost host = SmallRun.host(folder.resolve("scratch"))) {
      RunFiles killed =
          RunFiles.create(
              folder.resolve("run"),
              plan.manifest("run", List.of(), Plan.Place.of(host, CPUS), SmallRun.UNITS),
              Map.of());
      Cell cell = plan.groups().get(0).cells().get(0);
      killed.append(
          CellResult.failed(
              new CellKey(cell.id(), "netty", cell.strategy(), "", 0.3, 1, 1, 1),
              200,
              "the server ended",
              1.0));

      RunFiles files = RunFiles.open(folder.resolve("run"));
      assertThat(files.finalCells()).isEmpty();
      new Runner(
              plan,
              new Goal(plan, files),
              SmallRun.UNITS,
              CPUS,
              host,
              files,
              new KillsTheFirstServer())
          .run();
      serversLeft = servers().count();
    }
  }

  private static Stream<ProcessHandle> servers() {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains("servers.jar"));
  }

  /** As soon as the load of a calibration runs. */
  private static final class KillsTheFirstServer implements Progress {
    private boolean killed;

    @Override
    public void phase(String what) {
      PHASES.add(what);
    }

    @Override
    public void load(shedlab.report.raw.Progress report) {
      if (!killed && report.name().equals("calibration")) {
        killed = true;
        servers().forEach(ProcessHandle::destroyForcibly);
      }
    }

    @Override
    public void finished(CellResult cell, String verdict) {
      FINISHED.add(cell);
    }
  }

  @Test
  void aServerThatIsKilledInItsCalibrationCostsAnAttempt() {
    long scattered = PHASES.stream().filter(phase -> phase.contains("scatters")).count();
    assertThat(PHASES).filteredOn("calibrating netty"::equals).hasSize(2 + (int) scattered);
    assertThat(PHASES)
        .filteredOn(phase -> phase.startsWith("calibrating again: "))
        .singleElement()
        .asString()
        .contains("GET /metrics: ");
    assertThat(folder.resolve("run/capacity.json")).content().contains("netty");
  }

  @Test
  void aSmokeRunMeasuresOnTheServerThatItCalibratedAndLeavesNone() {
    assertThat(PHASES).contains("taking fixed:limit=4");
    assertThat(PHASES).noneMatch(phase -> phase.startsWith("warming up netty"));
    assertThat(serversLeft).isZero();
  }

  @Test
  void aFirstAttemptThatFailedBeforeTheKillIsFollowedByTheSecond() throws Exception {
    List<CellResult> cells = RunFiles.open(folder.resolve("run")).cells();
    assertThat(cells).isEqualTo(FINISHED).hasSize(1);
    assertThat(cells.get(0).judgement().failure()).isNull();
    assertThat(cells.get(0).key().attempt()).isEqualTo(2);
    assertThat(cells.get(0).clientSide().outcomes().good()).isPositive();
  }

  @Test
  void theCellHasTheFlameGraphOfItsWindow() throws Exception {
    Path cell = folder.resolve("run/cells").resolve(FINISHED.get(0).key().id());

    assertThat(Stacks.read(cell).weights().keySet())
        .anyMatch(stack -> stack.startsWith("tasks;"))
        .anyMatch(stack -> stack.startsWith("thread "));
    assertThat(cell.resolve("flame.html"))
        .content()
        .contains("CPU time of netty with <code>fixed:limit=4</code> at 0.3x, repeat 1")
        .contains("data-n=\"tasks\"");
  }
}
