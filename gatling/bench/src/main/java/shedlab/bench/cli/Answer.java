package shedlab.bench.cli;

import java.util.Collection;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;

/** Whether a finished run answers its question, as an exit code. */
final class Answer {
  private Answer() {}

  /** 0 if it does; a run that is no evidence may have invalid cells, but not only such. */
  static int code(RunFiles run) {
    Collection<CellResult> cells = run.cells();
    long invalid = cells.stream().filter(cell -> !cell.valid()).count();
    if (invalid == cells.size()) {
      return ShedlabMain.NO_ANSWER;
    }
    boolean doubtful = run.manifest().purpose().evidence() && 10 * invalid > cells.size();
    return doubtful ? ShedlabMain.DOUBTFUL : 0;
  }
}
