package shedlab.report.metric;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;

/**
 * A column of one of the report's CSV files: its name, its meaning, and how it is filled.
 *
 * @param name in the file; ends with the unit if that is not the usual one: {@code _us}
 * @param unit as in the data dictionary
 * @param meaning in a sentence without the full stop
 * @param text the field of a row; empty if there is no figure
 */
public record Column<T>(String name, Unit unit, String meaning, Function<T, String> text) {

  /** The text of a file with a line for each row. */
  public static <T> String csv(List<Column<T>> columns, List<T> rows) throws IOException {
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(columns.stream().map(Column::name).toList());
      for (T row : rows) {
        csv.writeRecord(columns.stream().map(column -> column.text.apply(row)).toList());
      }
    }
    return text.toString();
  }

  /** The columns as a table of the data dictionary, in Markdown. */
  public static String dictionary(List<? extends Column<?>> columns) {
    var text = new StringBuilder("| column | unit | what |\n| --- | --- | --- |\n");
    for (Column<?> column : columns) {
      text.append("| `").append(column.name).append("` | ").append(column.unit.title());
      text.append(column.unit.title().isEmpty() ? "| " : " | ");
      text.append(column.meaning).append(" |\n");
    }
    return text.toString();
  }
}
