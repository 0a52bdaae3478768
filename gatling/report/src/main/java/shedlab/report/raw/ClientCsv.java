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
import java.util.SortedMap;
import java.util.TreeMap;
import shedlab.report.result.Outcomes;

/**
 * {@code client.csv}: what the clients saw of one cell over time. The only reader and the only
 * writer of that file.
 *
 * @param rows of {@value #ROW_MILLIS} ms each, by intended start, lead-in included
 */
public record ClientCsv(List<Row> rows) {
  /** The file's name in a cell's folder. */
  public static final String FILE = "client.csv";

  /** The length of a row. */
  public static final int ROW_MILLIS = 100;

  /** Columns of counts by response time: at least the bound before, and below this one. */
  private static final String BELOW = "admitted_below_";

  private static final String BELOW_END = "_micros";

  /** The columns that every such file begins with. */
  private static final List<String> COLUMNS =
      List.of(
          "second",
          "offered",
          "good",
          "late",
          "shed",
          "other",
          "timeout",
          "transport",
          "admitted_p50_micros",
          "admitted_p99_micros");

  /**
   * One row.
   *
   * @param second its start, in seconds from the schedule's zero
   * @param offered intended requests
   * @param outcomes how they ended
   * @param p50Micros response time of 200s; 0 if there was none; the same for the next
   * @param belowMicros 200s whose time was below a bound and not below the previous bound; empty if
   *     they were not counted
   */
  public record Row(
      double second,
      long offered,
      Outcomes outcomes,
      long p50Micros,
      long p99Micros,
      SortedMap<Long, Long> belowMicros) {

    /** Answered 200 within the deadline. */
    public long good() {
      return outcomes.good();
    }

    /** Answered 200 after the deadline. */
    public long late() {
      return outcomes.late();
    }

    /** Answered 429. */
    public long shed() {
      return outcomes.shed();
    }

    /** Answered 200. */
    public long admitted() {
      return outcomes.ok();
    }

    /** Ended in any other way. */
    public long failed() {
      return outcomes.other() + outcomes.timeout() + outcomes.transport();
    }
  }

  /**
   * Reads the file of a cell's folder.
   *
   * @throws IOException if there is none
   * @throws RuntimeException if its content is invalid
   */
  public static ClientCsv read(Path folder) throws IOException {
    return parse(Files.readString(folder.resolve(FILE)));
  }

  /** Reads the text of the file. */
  static ClientCsv parse(String csv) {
    var rows = new ArrayList<Row>();
    CsvReader.builder().ofNamedCsvRecord(csv).forEach(line -> rows.add(row(line)));
    return new ClientCsv(List.copyOf(rows));
  }

  private static Row row(NamedCsvRecord line) {
    var below = new TreeMap<Long, Long>();
    for (String column : line.getHeader()) {
      if (column.startsWith(BELOW)) {
        String bound = column.substring(BELOW.length(), column.length() - BELOW_END.length());
        below.put(Long.valueOf(bound), number(line, column));
      }
    }
    return new Row(
        Double.parseDouble(line.getField("second")),
        number(line, "offered"),
        new Outcomes(
            number(line, "good"),
            number(line, "late"),
            number(line, "shed"),
            number(line, "other"),
            number(line, "timeout"),
            number(line, "transport")),
        number(line, "admitted_p50_micros"),
        number(line, "admitted_p99_micros"),
        below);
  }

  /** An empty field is zero: nothing was admitted. */
  private static long number(NamedCsvRecord line, String column) {
    String text = line.getField(column);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  /** Writes the file into a folder. */
  public void write(Path folder) throws IOException {
    try (CsvWriter csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(folder.resolve(FILE))) {
      var header = new ArrayList<String>(COLUMNS);
      if (!rows.isEmpty()) {
        rows.get(0).belowMicros.keySet().forEach(bound -> header.add(BELOW + bound + BELOW_END));
      }
      csv.writeRecord(header);
      rows.forEach(row -> csv.writeRecord(fields(row)));
    }
  }

  private static List<String> fields(Row row) {
    Outcomes outcomes = row.outcomes;
    var fields = new ArrayList<String>();
    fields.add(Double.toString(row.second));
    for (long count :
        new long[] {
          row.offered,
          outcomes.good(),
          outcomes.late(),
          outcomes.shed(),
          outcomes.other(),
          outcomes.timeout(),
          outcomes.transport()
        }) {
      fields.add(Long.toString(count));
    }
    fields.add(row.p50Micros == 0 ? "" : Long.toString(row.p50Micros));
    fields.add(row.p99Micros == 0 ? "" : Long.toString(row.p99Micros));
    row.belowMicros.values().forEach(count -> fields.add(Long.toString(count)));
    return fields;
  }

  /** The first row at or after a second; the number of rows if there is none. */
  int at(double second) {
    int row = 0;
    while (row < rows.size() && rows.get(row).second < second - 1e-9) {
      row++;
    }
    return row;
  }
}
