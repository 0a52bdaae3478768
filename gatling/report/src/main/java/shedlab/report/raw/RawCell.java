package shedlab.report.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  private static final List<String> UNPUBLISHED = List.of("server.log", "gatling/index.html");

  private final Path folder;

  public RawCell(Path folder) {
    this.folder = folder;
  }

  /** The existing files that a reader may open, by name. */
  public List<String> files() {
    return Stream.concat(PUBLISHED.stream(), UNPUBLISHED.stream()).filter(this::has).toList();
  }

  private boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /**
   * {@code client.csv}, or nothing.
   *
   * @throws IOException that names the file, if its content is invalid
   */
  public List<ClientCsv.Row> client() throws IOException {
    return read(ClientCsv.FILE, List.of(), path -> ClientCsv.read(path).rows());
  }

  /** {@code server.csv}, or nothing. */
  public List<ServerCsv.Row> server() throws IOException {
    return read(ServerCsv.FILE, List.of(), path -> ServerCsv.read(path).rows());
  }

  /** {@code latency.hlog}: microseconds by kind of answer; kinds without answers are missing. */
  public Map<LatencyLog.Kind, Histogram> latencies() throws IOException {
    return read(LatencyLog.FILE, Map.of(), LatencyLog::read);
  }

  private interface Reader<T> {
    T read(Path folder) throws IOException;
  }

  private <T> T read(String name, T missing, Reader<T> reader) throws IOException {
    if (!has(name)) {
      return missing;
    }
    try {
      return reader.read(folder);
    } catch (RuntimeException e) {
      throw new IOException(
          "cells/" + folder.getFileName() + "/" + name + ": " + e.getMessage(), e);
    }
  }
}
