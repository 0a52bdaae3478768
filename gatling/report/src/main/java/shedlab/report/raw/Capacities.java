package shedlab.report.raw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shedlab.report.file.StrictJson;
import shedlab.report.result.RunFiles;

/**
 * {@code capacity.json}: what 1x meant on each server, as it was measured before the cells; and
 * {@code capacity-after.json}, the same once more at the end.
 */
public final class Capacities {
  private Capacities() {}

  /**
   * What the file tells of a server; earlier runs do not tell the CPU time of a unit.
   *
   * @param perSecond requests
   * @param low the lower end of its 95 % interval
   * @param high the upper end
   */
  public record Capacity(
      double perSecond,
      double low,
      double high,
      @Nullable Double cpuShare,
      @Nullable Double unitCpuNanos) {}

  /**
   * By server; nothing if the run has no such file.
   *
   * @throws IOException that names the file, if it is not what it should be
   */
  public static Map<String, Capacity> of(Path run) throws IOException {
    return read(run.resolve(RunFiles.CAPACITY));
  }

  /** The same at the end of the run. */
  public static Map<String, Capacity> after(Path run) throws IOException {
    return read(run.resolve(RunFiles.CAPACITY_AFTER));
  }

  private static Map<String, Capacity> read(Path file) throws IOException {
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
