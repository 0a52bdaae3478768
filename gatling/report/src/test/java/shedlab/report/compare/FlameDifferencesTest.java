package shedlab.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.flame.Stacks;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;

class FlameDifferencesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aConditionThatBothRunsProfiledHasOnePageOfAllItsCells() throws IOException {
    Comparison comparison =
        Comparison.of(profiled("a", "netty", 20, 40), profiled("b", "netty", 80, 80));

    assertThat(comparison.flameGraphs()).containsOnlyKeys("flame-1.html");
    assertThat(comparison.flameGraphs().get("flame-1.html"))
        .contains("B less A: netty with <code>none</code> at 2x")
        .contains("80.0 % (before: 30.0 %, +50.0 pp)");
    assertThat(comparison.document(false).markdown())
        .contains("| netty | `none` | [flame graph](compare-a-b/flame-1.html) | 2x |");
  }

  @Test
  void whatOnlyOneRunProfiledIsLeftOut() throws IOException {
    RunFiles plain = SampleRuns.write(folder.resolve("plain"), 1, cell -> cell);

    assertThat(Comparison.of(plain, profiled("b", "netty", 1, 2)).flameGraphs()).isEmpty();
    assertThat(
            Comparison.of(profiled("c", "jetty", 1, 2), profiled("d", "netty", 1, 2)).flameGraphs())
        .isEmpty();
  }

  /** A run with stacks of the first two repeats of {@code none} at 2x, of 100 each. */
  private RunFiles profiled(String name, String server, long first, long second)
      throws IOException {
    RunFiles run = SampleRuns.write(folder.resolve(name), 1, cell -> cell);
    for (CellResult cell : run.cells()) {
      boolean chosen = cell.server().equals(server) && cell.strategy().equals("none");
      if (chosen && cell.load() == 2 && cell.key().repeat() <= 2) {
        long tasks = cell.key().repeat() == 1 ? first : second;
        Path raw = Files.createDirectories(run.cellFolder(cell.key().id()));
        new Stacks(Map.of("tasks;a.B.c", tasks, "thread io", 100 - tasks)).write(raw);
      }
    }
    return run;
  }
}
