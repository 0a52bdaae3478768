package shedlab.report.raw;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.file.CsvRow;
import shedlab.report.file.CsvRows;
import shedlab.report.file.Lines;
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

  private static final Pattern BELOW_COLUMN =
      Pattern.compile(BELOW + "([1-9][0-9]{0,11})" + BELOW_END);

  /** More than any job is long. */
  private static final int MAX_ROWS = 1_000_000;

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
   * @throws IOException that names file and line, if it is not there or not what it should be
   */
  public static ClientCsv read(Path folder) throws IOException {
    return of(Lines.of(folder.resolve(FILE)));
  }

  /** Reads the text of the file. */
  static ClientCsv parse(String csv) throws IOException {
    return of(Lines.of(csv, FILE));
  }

  private static ClientCsv of(Lines lines) throws IOException {
    try (CsvRows csv = new CsvRows(lines, COLUMNS)) {
      SortedMap<Long, String> bounds = bounds(csv.columns());
      if (csv.columns().size() != COLUMNS.size() + bounds.size()) {
        throw lines.place().broken("header", csv.columns(), "no other columns than " + COLUMNS);
      }
      var rows = new ArrayList<Row>();
      for (CsvRow line = csv.next(); line != null; line = csv.next()) {
        rows.add(row(line, rows.size(), bounds));
      }
      return new ClientCsv(List.copyOf(rows));
    }
  }

  /** Columns of counts by response time, by the bound that they are below. */
  private static SortedMap<Long, String> bounds(List<String> columns) {
    var bounds = new TreeMap<Long, String>();
    for (String column : columns) {
      Matcher matcher = BELOW_COLUMN.matcher(column);
      if (matcher.matches()) {
        bounds.put(Long.valueOf(matcher.group(1)), column);
      }
    }
    return bounds;
  }

  private static Row row(CsvRow line, int number, SortedMap<Long, String> bounds)
      throws IOException {
    double second = number * ROW_MILLIS / 1e3;
    if (Math.abs(line.decimal("second") - second) > 1e-9) {
      throw line.place().broken("second", line.decimal("second"), second + ": no row is missing");
    }
    if (number == MAX_ROWS) {
      throw line.place().broken("rows", "more", "at most " + MAX_ROWS);
    }
    var below = new TreeMap<Long, Long>();
    for (Map.Entry<Long, String> bound : bounds.entrySet()) {
      below.put(bound.getKey(), line.count(bound.getValue()));
    }
    return new Row(
        second,
        line.count("offered"),
        new Outcomes(
            line.count("good"),
            line.count("late"),
            line.count("shed"),
            line.count("other"),
            line.count("timeout"),
            line.count("transport")),
        line.countOrZero("admitted_p50_micros"), // empty where nothing was admitted
        line.countOrZero("admitted_p99_micros"),
        below);
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
