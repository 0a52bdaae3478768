package shedlab.report.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.Recordings;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;

/**
 * Recomputes every number of a run: cells from their raw files if there are any, everything else
 * from the cells. Writes nothing into the run.
 *
 * @param cells number of cells
 * @param recomputed number of cells that have raw files
 * @param files the files that were made again
 * @param differences in words, {@code where: what is there (expected: what follows)}
 */
public record Verification(
    int cells, int recomputed, List<String> files, List<String> differences) {

  /**
   * Verifies a run, finished or not.
   *
   * @throws IOException with a one-line message if it cannot be read at all
   */
  public static Verification of(Path folder) throws IOException {
    RunFiles run = RunFiles.open(folder);
    Changes.check(run.manifest());
    Recordings.check(folder, run.manifest());
    List<String> differences = new ArrayList<>();
    int recomputed = 0;
    for (CellResult cell : run.cells()) {
      if (cell.judgement().failure() == null) {
        CellCheck check = new CellCheck(run.manifest(), cell, run.cellFolder(cell.key().id()));
        check.itself();
        recomputed += check.raw() ? 1 : 0;
        differences.addAll(check.differences());
      }
    }
    Regenerated again = Regenerated.of(folder);
    differences.addAll(again.differences());
    return new Verification(
        run.cells().size(), recomputed, again.files(), List.copyOf(differences));
  }

  /** True if there is no difference. */
  public boolean holds() {
    return differences.isEmpty();
  }

  /** A summary in one line. */
  public String summary() {
    return cells
        + " cells, "
        + recomputed
        + " of them recomputed from raw files; made again: "
        + String.join(", ", files);
  }

  /** True if a cell has raw files. */
  static boolean hasRaw(Path cell) {
    return Files.isRegularFile(cell.resolve(LoadResult.FILE));
  }
}
