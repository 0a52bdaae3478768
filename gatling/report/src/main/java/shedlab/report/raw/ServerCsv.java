package shedlab.report.raw;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code server.csv}: the server's own samples of one cell, ten a second. The only reader and
 * writer of this file, and the only reader of the sampler's own file. Unknown columns are kept.
 *
 * @param columns names of the columns of the sampler's file, which has no seconds
 */
public record ServerCsv(List<String> columns, List<Row> rows) {
  /** The file's name in a cell's folder. */
  public static final String FILE = "server.csv";

  /** Seconds from the schedule's zero; the only column that is not in the sampler's file. */
  private static final String SECOND = "second";

  /** The columns of a simulated server. */
  private static final List<String> SIMULATED =
      List.of("epoch_micros", "limit", "inflight", "waiting", "cpu_micros");

  /**
   * One row: gauges at that time, totals since the server's start. A total that the server does not
   * report is 0.
   *
   * @param second seconds from the schedule's zero; NaN in the sampler's own file
   * @param fields all fields as text, in the order of the columns
   */
  public record Row(
      double second,
      long epochMicros,
      long limit,
      long inflight,
      long waiting,
      long received,
      long completed,
      long shed,
      long cpuMicros,
      long throttledMicros,
      List<String> fields) {

    /** A row of a simulated server. */
    public static Row simulated(
        double second, long limit, long inflight, long waiting, long cpuMicros) {
      long epochMicros = Math.round(second * 1e6);
      List<String> fields = new ArrayList<>();
      for (long figure : new long[] {epochMicros, limit, inflight, waiting, cpuMicros}) {
        fields.add(Long.toString(figure));
      }
      return new Row(second, epochMicros, limit, inflight, waiting, 0, 0, 0, cpuMicros, 0, fields);
    }
  }

  /** The course of a simulated server. */
  public static ServerCsv simulated(List<Row> rows) {
    return new ServerCsv(SIMULATED, rows);
  }

  /**
   * Reads the file of a cell's folder.
   *
   * @throws IOException if there is none
   * @throws RuntimeException if its content is invalid
   */
  public static ServerCsv read(Path folder) throws IOException {
    return parse(Files.readString(folder.resolve(FILE)));
  }

  /** Reads the complete rows of a text; an incomplete last line is left out. */
  public static ServerCsv parse(String csv) {
    String complete = csv.substring(0, csv.lastIndexOf('\n') + 1);
    var rows = new ArrayList<Row>();
    var columns = new ArrayList<String>();
    CsvReader.builder()
        .ofNamedCsvRecord(complete)
        .forEach(
            line -> {
              if (columns.isEmpty()) {
                columns.addAll(line.getHeader());
              }
              rows.add(row(line));
            });
    columns.remove(SECOND);
    return new ServerCsv(List.copyOf(columns), List.copyOf(rows));
  }

  private static Row row(NamedCsvRecord line) {
    boolean timed = line.getHeader().contains(SECOND);
    List<String> fields = line.getFields();
    return new Row(
        timed ? Double.parseDouble(line.getField(SECOND)) : Double.NaN,
        number(line, "epoch_micros"),
        number(line, "limit"),
        number(line, "inflight"),
        number(line, "waiting"),
        total(line, "received"),
        total(line, "completed"),
        total(line, "shed"),
        number(line, "cpu_micros"),
        total(line, "throttled_micros"),
        timed ? fields.subList(1, fields.size()) : fields);
  }

  private static long number(NamedCsvRecord line, String column) {
    return Long.parseLong(line.getField(column));
  }

  private static long total(NamedCsvRecord line, String column) {
    return line.findField(column).filter(text -> !text.isEmpty()).map(Long::parseLong).orElse(0L);
  }

  /** The rows between two times, both included. */
  public ServerCsv between(long fromEpochMicros, long toEpochMicros) {
    return new ServerCsv(
        columns,
        rows.stream()
            .filter(r -> r.epochMicros >= fromEpochMicros && r.epochMicros <= toEpochMicros)
            .toList());
  }

  /** The same rows with seconds since a given time. */
  public ServerCsv since(long zeroEpochMicros) {
    return new ServerCsv(
        columns,
        rows.stream()
            .map(
                r ->
                    new Row(
                        (r.epochMicros - zeroEpochMicros) / 1e6,
                        r.epochMicros,
                        r.limit,
                        r.inflight,
                        r.waiting,
                        r.received,
                        r.completed,
                        r.shed,
                        r.cpuMicros,
                        r.throttledMicros,
                        r.fields))
            .toList());
  }

  /** Writes the file into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (CsvWriter csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(folder.resolve(FILE))) {
      csv.writeRecord(prepended(SECOND, columns));
      rows.forEach(
          row ->
              csv.writeRecord(
                  prepended(String.format(Locale.ROOT, "%.3f", row.second), row.fields)));
    }
  }

  private static List<String> prepended(String first, List<String> fields) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(fields);
    return all;
  }
}
