package shedlab.report.raw;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;

/**
 * The raw files of a cell, as far as they are there: both sides' time series and the histograms. A
 * published run has none of them.
 */
public final class RawCell {
  /** How the requests of a slot of the client's time series ended, and how long they took. */
  public record ClientRow(
      double second,
      long offered,
      long good,
      long late,
      long shed,
      long failed,
      long p50Micros,
      long p99Micros,
      SortedMap<Long, Long> belowMicros) {
    public long admitted() {
      return good + late;
    }
  }

  /** A sample of the server: gauges as they were, CPU since its start. */
  public record ServerRow(double second, long limit, long inflight, long waiting, long cpuMicros) {}

  /** Whose response times. */
  public enum Kind {
    ADMITTED,
    SHED
  }

  /** Columns of counts by response time: at least the bound before, and below this one. */
  private static final String BELOW = "admitted_below_";

  private static final String[] FILES = {
    "client.csv", "server.csv", "latency.hlog", "client.json", "server.log", "gatling/index.html"
  };

  private final Path folder;

  public RawCell(Path folder) {
    this.folder = folder;
  }

  /** Those of the files a reader might open that are there, by name. */
  public List<String> files() {
    return Stream.of(FILES).filter(this::has).toList();
  }

  private boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /**
   * {@code client.csv}, or nothing.
   *
   * @throws IOException that names the file, if it is not what it should be
   */
  public List<ClientRow> client() throws IOException {
    return rows("client.csv", RawCell::clientRow);
  }

  /** {@code server.csv}, or nothing. */
  public List<ServerRow> server() throws IOException {
    return rows("server.csv", RawCell::serverRow);
  }

  /** {@code latency.hlog}: microseconds by kind of answer; kinds without answers are missing. */
  public Map<Kind, Histogram> latencies() throws IOException {
    var latencies = new EnumMap<Kind, Histogram>(Kind.class);
    File file = folder.resolve("latency.hlog").toFile();
    try (var log = new HistogramLogReader(file)) {
      for (EncodableHistogram next = log.nextIntervalHistogram();
          next != null;
          next = log.nextIntervalHistogram()) {
        Kind kind = kind(next.getTag());
        if (kind != null && next instanceof Histogram histogram && histogram.getTotalCount() > 0) {
          latencies.put(kind, histogram);
        }
      }
    } catch (FileNotFoundException e) {
      return Map.of();
    } catch (RuntimeException e) {
      throw unreadable("latency.hlog", e);
    }
    return latencies;
  }

  private static @Nullable Kind kind(@Nullable String tag) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equalsIgnoreCase(tag)) {
        return kind;
      }
    }
    return null;
  }

  private interface RowReader<T> {
    T read(NamedCsvRecord line);
  }

  private <T> List<T> rows(String name, RowReader<T> reader) throws IOException {
    if (!has(name)) {
      return List.of();
    }
    var rows = new ArrayList<T>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve(name))) {
      csv.forEach(line -> rows.add(reader.read(line)));
    } catch (RuntimeException e) {
      throw unreadable(name, e);
    }
    return rows;
  }

  private IOException unreadable(String name, RuntimeException e) {
    return new IOException("cells/" + folder.getFileName() + "/" + name + ": " + e.getMessage(), e);
  }

  private static ClientRow clientRow(NamedCsvRecord line) {
    var below = new TreeMap<Long, Long>();
    for (String column : line.getHeader()) {
      if (column.startsWith(BELOW)) {
        String bound = column.substring(BELOW.length(), column.indexOf('_', BELOW.length()));
        below.put(Long.valueOf(bound), number(line, column));
      }
    }
    return new ClientRow(
        Double.parseDouble(line.getField("second")),
        number(line, "offered"),
        number(line, "good"),
        number(line, "late"),
        number(line, "shed"),
        number(line, "other") + number(line, "timeout") + number(line, "transport"),
        number(line, "admitted_p50_micros"),
        number(line, "admitted_p99_micros"),
        below);
  }

  private static ServerRow serverRow(NamedCsvRecord line) {
    return new ServerRow(
        Double.parseDouble(line.getField("second")),
        number(line, "limit"),
        number(line, "inflight"),
        number(line, "waiting"),
        number(line, "cpu_micros"));
  }

  /** An empty field is zero: nothing was admitted. */
  private static long number(NamedCsvRecord line, String column) {
    String text = line.getField(column);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
