package shedlab.report.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import shedlab.report.file.StrictJson;
import shedlab.report.result.RunFiles;

/** {@code capacity.json}: what 1x meant on each server, as it was measured. */
final class Capacities {
  private Capacities() {}

  /** What the file tells of a server. */
  record Capacity(double perSecond, double low, double high, double cpuShare) {}

  /** By server; nothing if the run has no such file. */
  static Map<String, Capacity> of(Path run) throws IOException {
    Path file = run.resolve(RunFiles.CAPACITY);
    return Files.isRegularFile(file) ? StrictJson.of(file).records(Capacity.class) : Map.of();
  }
}
