package shedlab.report.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shedlab.report.Checksums;
import shedlab.report.raw.Capacities;
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
   * @throws IOException with a one-line message that names file and line, if something cannot be
   *     read at all
   */
  public static Verification of(Path folder) throws IOException {
    RunFiles run = RunFiles.open(folder);
    Changes.check(run.manifest());
    Recordings.check(folder, run.manifest());
    Differences differences = new Differences();
    int recomputed = cells(run, differences);
    differences.all().addAll(Checksums.differences(folder));
    Regenerated again = Regenerated.of(folder);
    differences.all().addAll(again.differences());
    return new Verification(
        run.cells().size(), recomputed, again.files(), List.copyOf(differences.all()));
  }

  /** The cells alone, without the report; how many have raw files. */
  static int cells(RunFiles run, Differences differences) throws IOException {
    run.warnings().forEach(differences.all()::add);
    if (!run.hasCells()) {
      differences.add("cells.jsonl", "missing (expected: a line for every cell)");
    }
    PlanCheck.of(run.manifest(), differences);
    FloorCheck.of(run.folder(), run.manifest(), differences);
    Map<String, Capacities.Capacity> capacities = Capacities.of(run.folder());
    int recomputed = 0;
    for (CellResult cell : run.cells()) {
      if (cell.judgement().failure() == null) {
        Path folder = run.cellFolder(cell.key().id());
        CellCheck check = new CellCheck(run.manifest(), cell, folder, differences);
        check.itself();
        check.planned(capacities);
        recomputed += check.raw(capacities) ? 1 : 0;
      }
    }
    strays(run, differences);
    return recomputed;
  }

  /** Folders of cells that have no line; that of the cell that was being measured is in order. */
  private static void strays(RunFiles run, Differences differences) throws IOException {
    Path cells = run.folder().resolve("cells");
    if (!Files.isDirectory(cells)) {
      return;
    }
    Set<String> known = run.cells().stream().map(c -> c.key().id()).collect(Collectors.toSet());
    try (Stream<Path> folders = Files.list(cells)) {
      List<String> strays =
          folders
              .filter(Files::isDirectory)
              .map(folder -> folder.getFileName().toString())
              .filter(name -> !known.contains(name))
              .sorted()
              .toList();
      int allowed = run.cells().size() < run.manifest().grid().cells() ? 1 : 0;
      if (strays.size() > allowed) {
        strays.forEach(
            name ->
                differences.add(
                    "cells/" + name, "there (expected: a line in cells.jsonl as well)"));
      }
    }
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
}
