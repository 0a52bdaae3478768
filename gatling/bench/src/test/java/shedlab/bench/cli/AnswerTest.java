package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;

/** The exit code of a finished run tells whether there is an answer. */
class AnswerTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aRunWithoutAValidCellHasNone() throws IOException {
    assertThat(code(false, 0, 3)).isEqualTo(7);
    assertThat(code(true, 0, 3)).isEqualTo(7);
  }

  @Test
  void evidenceNeedsNineValidCellsOfTen() throws IOException {
    assertThat(code(true, 9, 1)).isZero();
    assertThat(code(true, 8, 2)).isEqualTo(4);
    assertThat(code(false, 1, 9)).isZero();
  }

  @Test
  void theHelpNamesTheCode() {
    assertThat(Said.by("help").out())
        .contains("  7   no cell is valid, or no load keeps the objective: there is no answer");
  }

  private int code(boolean evidence, int valid, int invalid) throws IOException {
    RunFiles run =
        RunFiles.create(
            folder.resolve(evidence + "-" + valid + "-" + invalid),
            SampleRun.manifest(SampleRun.STRATEGIES, SampleRun.LOADS, 10, evidence, 10),
            SampleRun.env());
    for (int repeat = 1; repeat <= valid + invalid; repeat++) {
      CellResult cell = SampleRun.cell("netty", "none", 2, repeat, new Random(1));
      double goodput = cell.clientSide().goodputPerSecond();
      run.append(SampleRun.with(cell, goodput, repeat <= valid, null));
    }
    return Answer.code(run);
  }
}
