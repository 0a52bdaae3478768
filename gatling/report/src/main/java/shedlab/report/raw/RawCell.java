package shedlab.report.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The raw files of a cell that exist: both sides' time series, the histograms, and files that are
 * too large to be published.
 */
public final class RawCell {
  /** The files of a cell of a published run. */
  public static final List<String> PUBLISHED =
      List.of(ClientCsv.FILE, ServerCsv.FILE, LatencyLog.FILE, LoadResult.FILE);

  /** The flame graph of a profiled server. */
  public static final String FLAME_GRAPH = "flame.html";

  /** The files of each of several load generators, in a folder of its own. */
  private static final List<String> OF_GENERATOR =
      List.of(ClientCsv.FILE, LatencyLog.FILE, LoadResult.FILE, PartLog.FILE, PartCounts.FILE);

  private static final List<String> UNPUBLISHED =
      List.of("server.log", "gatling/index.html", FLAME_GRAPH);

  private final Path folder;

  public RawCell(Path folder) {
    this.folder = folder;
  }

  /** The existing files that a reader may open, by name. */
  public List<String> files() {
    return Stream.concat(PUBLISHED.stream(), UNPUBLISHED.stream()).filter(this::has).toList();
  }

  /** The files that are published with a run, if they exist: those of several generators too. */
  public List<String> published() {
    return Stream.concat(
            PUBLISHED.stream(),
            parts().stream()
                .flatMap(part -> OF_GENERATOR.stream().map(name -> part.folder() + "/" + name)))
        .filter(this::has)
        .toList();
  }

  /** The parts of the load generators that have left files here, by number; empty for one here. */
  public List<SchedulePart> parts() {
    for (int of = 1; of <= SchedulePart.MOST; of++) {
      if (Files.isDirectory(folder.resolve(new SchedulePart(1, of).folder()))) {
        int all = of;
        return IntStream.rangeClosed(1, all).mapToObj(n -> new SchedulePart(n, all)).toList();
      }
    }
    return List.of();
  }

  private boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /**
   * {@code client.csv}, or nothing.
   *
   * @throws IOException that names file and line, if it is not what it should be
   */
  public List<ClientCsv.Row> client() throws IOException {
    return read(ClientCsv.FILE, List.of(), path -> ClientCsv.read(path).rows());
  }

  /** {@code server.csv}, or nothing. */
  public List<ServerCsv.Row> server() throws IOException {
    return read(ServerCsv.FILE, List.of(), path -> ServerCsv.read(path).rows());
  }

  /** {@code server.csv} with the names of its columns; empty if there is none. */
  public Optional<ServerCsv> samples() throws IOException {
    return read(ServerCsv.FILE, Optional.empty(), path -> Optional.of(ServerCsv.read(path)));
  }

  /** {@code latency.hlog}: microseconds by kind of answer; kinds without answers are missing. */
  public Map<LatencyLog.Kind, Histogram> latencies() throws IOException {
    return read(LatencyLog.FILE, Map.of(), LatencyLog::read);
  }

  private interface Reader<T> {
    T read(Path folder) throws IOException;
  }

  private <T> T read(String name, T missing, Reader<T> reader) throws IOException {
    return has(name) ? reader.read(folder) : missing;
  }
}
