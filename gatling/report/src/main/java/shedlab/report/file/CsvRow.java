package shedlab.report.file;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A row of a CSV file of numbers, with a field for every column.
 *
 * @param place where it is
 * @param columns the number of each, from 0
 */
public record CsvRow(Place place, Map<String, Integer> columns, List<String> fields) {
  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern DECIMAL = Pattern.compile("(?:0|[1-9][0-9]{0,8})\\.[0-9]{1,9}");

  /** True if the file has such a column and the row a value in it. */
  public boolean has(String column) {
    return columns.containsKey(column) && !text(column).isEmpty();
  }

  /** A count, 0 or more. */
  public long count(String column) throws IOException {
    String text = text(column);
    if (!WHOLE.matcher(text).matches()) {
      throw place.broken(column, text, "a whole number, 0 or more");
    }
    return Long.parseLong(text);
  }

  /** A count; 0 where there is none. */
  public long countOrZero(String column) throws IOException {
    return has(column) ? count(column) : 0;
  }

  /** A decimal number, 0 or more. */
  public double decimal(String column) throws IOException {
    String text = text(column);
    if (!DECIMAL.matcher(text).matches()) {
      throw place.broken(column, text, "a decimal number, 0 or more");
    }
    return Double.parseDouble(text);
  }

  private String text(String column) {
    Integer number = columns.get(column);
    if (number == null) {
      throw new IllegalArgumentException("column: " + column + " (expected: one of the header)");
    }
    return fields.get(number);
  }
}
