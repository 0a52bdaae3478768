package shedlab.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Document;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;

class CpuDifferencesTest {
  private static final String HEADING = "Where the servers' CPU went";
  private static final String APART =
      ",worker_cpu_micros,io_cpu_micros,jit_cpu_micros,gc_cpu_micros";

  @TempDir private Path folder = Path.of("");

  @Test
  void onlySharesThatDifferByMoreThanAPointAndTheNoiseAreInTheTable() throws IOException {
    RunFiles before = run("before", true, cell -> 30);
    RunFiles after =
        run(
            "after",
            true,
            cell ->
                cell.server().equals("netty")
                    ? 50
                    : cell.server().equals("jetty") ? 31 : cell.key().repeat() == 1 ? 110 : 30);

    String text = text(before, after);

    assertThat(text)
        .contains(HEADING, "| netty | `none` | 2x | JIT | 3.0 % | 5.0 % | +2.0 pp | ")
        .contains("| netty | `none` | 2x | idle | 9.5 % | 7.5 % | −2.0 pp | ")
        .contains("with a 95 % interval, over these blocks, that leaves out zero.")
        .doesNotContain("| jetty |", "| undertow |", "| tasks |");
  }

  @Test
  void runsThatSpendAlikeHaveASentence() throws IOException {
    assertThat(text(run("before", true, cell -> 30), run("after", true, cell -> 35)))
        .contains(HEADING, "No share of the CPU time differs by more than one point")
        .doesNotContain("| JIT |");
  }

  @Test
  void whatOneRunDoesNotTellApartIsInTheRestOfBoth() throws IOException {
    String text = text(run("before", false, cell -> 30), run("after", true, cell -> 50));

    assertThat(text)
        .contains("| netty | `none` | 2x | rest of the process | 10.5 % | 12.5 % | +2.0 pp | ")
        .doesNotContain("| JIT |");
  }

  @Test
  void aRunThatTellsNothingIsNamed() throws IOException {
    RunFiles silent = SampleRuns.write(folder.resolve("silent"), 1, cell -> cell);

    assertThat(text(silent, run("after", true, cell -> 30)))
        .contains(HEADING, "The samples of A do not tell what the CPU time was spent on.");
    assertThat(text(silent, SampleRuns.write(folder.resolve("other"), 1, cell -> cell)))
        .doesNotContain(HEADING);
  }

  @Test
  void oneBlockDoesNotTellItsNoise() throws IOException {
    RunFiles after = run("after", true, cell -> 50);
    for (CellResult cell : after.cells()) {
      if (cell.key().repeat() > 1) {
        Files.deleteIfExists(after.cellFolder(cell.key().id()).resolve("server.csv"));
      }
    }

    assertThat(text(run("before", true, cell -> 30), after))
        .contains(HEADING, "their noise is not known")
        .doesNotContain("| JIT |");
  }

  private static String text(RunFiles before, RunFiles after) throws IOException {
    Document page = new Document("CPU");
    CpuDifferences.between(before, after).addTo(page);
    return page.markdown();
  }

  /**
   * A run whose cells of {@code none} at 2x have samples.
   *
   * @param apart whether they tell threads apart
   * @param jit thousandths of the CPU that the compilers take
   */
  private RunFiles run(String name, boolean apart, ToIntFunction<CellResult> jit)
      throws IOException {
    RunFiles run = SampleRuns.write(folder.resolve(name), 1, cell -> cell);
    for (CellResult cell : run.cells()) {
      if (cell.strategy().equals("none") && cell.load() == 2) {
        Path raw = Files.createDirectories(run.cellFolder(cell.key().id()));
        var csv = new StringBuilder("second,epoch_micros,limit,inflight,waiting,received,shed,");
        csv.append("cpu_micros,task_cpu_micros,task_units").append(apart ? APART : "").append('\n');
        for (int second = 0; second <= 14; second++) {
          long thousandths = second * 1_000L;
          int compiled = jit.applyAsInt(cell);
          csv.append(second + ".000," + second * 1_000_000L + ",4,0,0,0,0,");
          csv.append((875 + compiled) * thousandths + "," + 800 * thousandths + ",1");
          if (apart) {
            csv.append("," + 820 * thousandths + "," + 40 * thousandths);
            csv.append("," + compiled * thousandths + "," + 5 * thousandths);
          }
          csv.append('\n');
        }
        Files.writeString(raw.resolve("server.csv"), csv);
      }
    }
    return run;
  }
}
