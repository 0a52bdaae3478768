package shedlab.report.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shedlab.report.file.StrictJson;
import shedlab.report.result.RunFiles;

/** {@code capacity.json}: what 1x meant on each server, as it was measured. */
final class Capacities {
  private Capacities() {}

  /** What the file tells of a server; earlier runs do not tell the CPU time of a unit. */
  record Capacity(
      double perSecond,
      double low,
      double high,
      @Nullable Double cpuShare,
      @Nullable Double unitCpuNanos) {}

  /** By server; nothing if the run has no such file. */
  static Map<String, Capacity> of(Path run) throws IOException {
    Path file = run.resolve(RunFiles.CAPACITY);
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    StrictJson capacities = StrictJson.of(file);
    for (JsonNode capacity : capacities.tree()) {
      if (capacity instanceof ObjectNode earlier && !earlier.has("unitCpuNanos")) {
        earlier.putNull("unitCpuNanos");
      }
    }
    return capacities.records(Capacity.class);
  }
}
