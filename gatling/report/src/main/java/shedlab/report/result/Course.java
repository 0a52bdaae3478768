package shedlab.report.result;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What clients saw of one cell from moment to moment: {@code client.csv}.
 *
 * @param rows of {@value #ROW_MILLIS} ms each, by intended start, lead-in included
 */
public record Course(List<Row> rows) {
  /** The columns that every such file begins with. */
  public static final List<String> COLUMNS =
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

  /** The length of a row. */
  public static final int ROW_MILLIS = 100;

  /**
   * One row.
   *
   * @param second of its beginning, from the schedule's zero
   * @param admittedP99Micros NaN if nothing was admitted
   */
  public record Row(
      double second, long offered, long good, long late, long shed, double admittedP99Micros) {}

  /**
   * Reads the text of the file.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Course parse(String csv) {
    var rows = new ArrayList<Row>();
    CsvReader.builder().ofNamedCsvRecord(csv).forEach(line -> rows.add(row(line)));
    return new Course(List.copyOf(rows));
  }

  private static Row row(NamedCsvRecord line) {
    String p99 = line.getField("admitted_p99_micros");
    return new Row(
        Double.parseDouble(line.getField("second")),
        Long.parseLong(line.getField("offered")),
        Long.parseLong(line.getField("good")),
        Long.parseLong(line.getField("late")),
        Long.parseLong(line.getField("shed")),
        p99.isEmpty() ? Double.NaN : Double.parseDouble(p99));
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
