package shedlab.report.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import shedlab.report.raw.HistogramLog;
import shedlab.report.result.Latency;
import shedlab.report.result.RunFiles;

/**
 * {@code roundtrip.hlog}: how long an exchange without work takes between the load generator and
 * each server of a run. The only reader and writer of that file.
 *
 * @param parts in the order of the file; none if the run did not measure it
 */
public record RoundTrips(List<Part> parts) {
  /** The file's name in a run's folder. */
  public static final String FILE = RunFiles.ROUND_TRIPS;

  private static final HistogramLog LOG =
      new HistogramLog(
          "What an exchange without work takes, in microseconds",
          Pattern.compile("[A-Za-z0-9.-]{1,80}"),
          "the name of a server",
          UnaryOperator.identity());

  /**
   * Of one server.
   *
   * @param server its name, as in the folders of its cells
   * @param leastMicros the shortest
   */
  public record Part(String server, long leastMicros, Latency exchange) {}

  /**
   * Those of a run's folder.
   *
   * @throws IOException that names file and line, if it is not what it should be
   */
  public static RoundTrips read(Path run) throws IOException {
    List<Part> parts = new ArrayList<>();
    if (Files.isRegularFile(run.resolve(FILE))) {
      LOG.read(run.resolve(FILE))
          .forEach(
              (server, micros) ->
                  parts.add(new Part(server, micros.getMinValue(), Latency.of(micros))));
    }
    return new RoundTrips(List.copyOf(parts));
  }

  /** Adds a server to the file of a run's folder, or replaces it. */
  public static void add(Path run, String server, Histogram micros) throws IOException {
    Path file = run.resolve(FILE);
    Map<String, Histogram> all = new LinkedHashMap<>();
    if (Files.isRegularFile(file)) {
      all.putAll(LOG.read(file));
    }
    all.put(server, micros);
    LOG.write(file, all);
  }

  /** Whether a server was measured. */
  public boolean has(String server) {
    return parts.stream().anyMatch(part -> part.server.equals(server));
  }
}
