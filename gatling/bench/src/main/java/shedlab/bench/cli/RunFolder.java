package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.spec.SpecException;

/** The runs that a command is told of. */
final class RunFolder {
  private RunFolder() {}

  /** A run by the folder given for {@code key}, which has a finished cell. */
  static RunFiles open(String key, Path folder) throws IOException {
    if (folder.toString().isEmpty() || !Files.isRegularFile(folder.resolve("plan.json"))) {
      throw new SpecException(key, folder, "the folder of a run, with its plan.json");
    }
    RunFiles run = RunFiles.open(folder);
    if (run.cells().isEmpty()) {
      throw new SpecException(key, folder, "a run with a finished cell in its cells.jsonl");
    }
    return run;
  }

  /**
   * The newest run of a folder, by its name, that is complete and of the experiment, profile and
   * host of {@code base}, so that a simulated one is taken for a simulated one alone.
   */
  static RunFiles newestLike(RunFiles base, Path results) throws IOException {
    for (Path folder : newestFirst(results)) {
      if (!Files.isSameFile(folder, base.folder())) {
        RunFiles run;
        try {
          run = RunFiles.open(folder);
        } catch (IOException e) {
          System.err.println("shedlab: left out: " + e.getMessage());
          continue;
        }
        if (alike(run.manifest(), base.manifest())
            && run.cells().size() >= run.manifest().grid().cells()) {
          return run;
        }
      }
    }
    Manifest plan = base.manifest();
    throw new SpecException(
        "run",
        "(none)",
        String.format(
            "a complete one of %s, %s, %s in %s, or RUN=",
            plan.purpose().experiment(), plan.purpose().profile(), plan.setUp().host(), results));
  }

  private static boolean alike(Manifest a, Manifest b) {
    return a.purpose().experiment().equals(b.purpose().experiment())
        && a.purpose().profile().equals(b.purpose().profile())
        && a.setUp().host().equals(b.setUp().host());
  }

  private static List<Path> newestFirst(Path results) throws IOException {
    SpecException.check(Files.isDirectory(results), "results", results, "a folder of runs");
    try (Stream<Path> folders = Files.list(results)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("\\d{8}-\\d{6}-.*"))
          .filter(folder -> Files.isRegularFile(folder.resolve("plan.json")))
          .sorted(Comparator.comparing((Path folder) -> folder.getFileName().toString()).reversed())
          .toList();
    }
  }
}
