package shedlab.report.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file of numbers, one after the other. There is nothing to quote in it, so that
 * a quote is an error like any other letter.
 */
public final class CsvRows implements Closeable {
  private final Lines lines;
  private final List<String> columns;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * Reads the header.
   *
   * @param needed columns that must be there
   * @throws IOException that names the line, if it is not what it should be
   */
  public CsvRows(Lines lines, List<String> needed) throws IOException {
    this(lines, columns -> needed);
  }

  /**
   * The same.
   *
   * @param neededBy columns that must be there, given those that are
   */
  public CsvRows(Lines lines, UnaryOperator<List<String>> neededBy) throws IOException {
    this.lines = lines;
    String header = lines.nextWhole();
    columns = header == null ? List.of() : fields(header);
    for (int i = 0; i < columns.size(); i++) {
      numbers.put(columns.get(i), i);
    }
    List<String> needed = neededBy.apply(columns);
    if (!numbers.keySet().containsAll(needed) || numbers.size() < columns.size()) {
      throw new Place(lines.place().file(), 1)
          .broken(
              "header",
              header == null ? "(none)" : header,
              "each column once, among them " + String.join(",", needed));
    }
  }

  /** Their names, in the order of the file. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The next row; null after the last.
   *
   * @throws IOException that names the line, if it is not what it should be
   */
  public @Nullable CsvRow next() throws IOException {
    String line = lines.nextWhole();
    if (line == null) {
      return null;
    }
    List<String> fields = fields(line);
    if (fields.size() != columns.size()) {
      throw lines.place().broken("fields", fields.size(), columns.size() + ", as the header has");
    }
    return new CsvRow(lines.place(), numbers, fields);
  }

  private static List<String> fields(String line) {
    return List.copyOf(Arrays.asList(line.split(",", -1)));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
