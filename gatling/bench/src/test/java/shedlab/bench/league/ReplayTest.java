package shedlab.bench.league;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.simulation.SimulatedRun;
import shedlab.report.Project;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;

class ReplayTest {
  /** Few large tasks of very different sizes: other draws would give other goodputs. */
  private static final Map<String, String> FEW =
      Map.of(
          "measure", "8s",
          "task", "60ms",
          "service-law", "exponential",
          "repeats", "3",
          "precision", "none");

  @Test
  void aCellThatASimulatorMeasuredIsTheSameOnceMore(@TempDir Path folder) throws IOException {
    SimulatedRun run =
        SimulatedRun.of(
            Experiment.load(
                Project.file("gatling/experiments/overload.properties"), "default", FEW),
            "1");
    RunFiles files =
        RunFiles.create(folder.resolve("run"), run.manifest("run", List.of()), Map.of());
    run.into(files);
    Replay replay = new Replay(files.manifest(), 1);

    assertThat(files.finalCells())
        .hasSize(4 * 3 * 3)
        .allSatisfy(cell -> assertThat(replay.share(cell)).isCloseTo(share(cell), within(1e-9)));
    assertThat(files.finalCells()).extracting(ReplayTest::share).anyMatch(share -> share > 0.7);
  }

  private static double share(CellResult cell) {
    return cell.clientSide().goodputPerSecond() / cell.capacityPerSecond();
  }
}
