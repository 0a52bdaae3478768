package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import shedlab.report.result.RunFiles;
import shedlab.spec.SpecException;

/** The runs that a command is told of. */
final class RunFolder {
  private RunFolder() {}

  /** A run by the folder given for {@code key}. */
  static RunFiles open(String key, Path folder) throws IOException {
    if (folder.toString().isEmpty() || !Files.isRegularFile(folder.resolve("plan.json"))) {
      throw new SpecException(key, folder, "the folder of a run, with its plan.json");
    }
    return RunFiles.open(folder);
  }

  /** The newest run of a folder, by its name, other than {@code base}. */
  static Path newest(Path results, Path base) throws IOException {
    try (Stream<Path> folders = Files.list(results)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("\\d{8}-\\d{6}-.*"))
          .filter(folder -> Files.isRegularFile(folder.resolve("plan.json")))
          .filter(
              folder ->
                  !folder.toAbsolutePath().normalize().equals(base.toAbsolutePath().normalize()))
          .max(Comparator.comparing(folder -> folder.getFileName().toString()))
          .orElseThrow(() -> new SpecException("run", "", "one in " + results + ", or RUN="));
    }
  }
}
