package shedlab.report.metric;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import shedlab.report.raw.Floor;

/**
 * A column of one of the report's CSV files: its name, its meaning, and how it is filled.
 *
 * @param name in the file; ends with the unit if that is not the usual one: {@code _us}
 * @param unit as in the data dictionary
 * @param meaning in a sentence without the full stop
 * @param text the field of a row; empty if there is no figure
 */
public record Column<T>(String name, Unit unit, String meaning, Function<T, String> text) {
  /**
   * The name of the column that tells which figures of a row lie near the machine's noise floor.
   */
  public static final String MACHINE = "machine";

  /** The columns of a run: without the one of the noise floor if it did not measure that. */
  public static <T> List<Column<T>> ofRun(List<Column<T>> all, Floor floor) {
    return floor.measured()
        ? all
        : all.stream().filter(column -> !column.name.equals(MACHINE)).toList();
  }

  /** The column of the noise floor, in a file whose rows have several percentiles. */
  static <T> Column<T> machine(Function<T, String> text) {
    return new Column<>(
        MACHINE,
        Unit.NONE,
        "the columns of the row that lie within twice the machine's noise floor (`floor.hlog`) at"
            + " the same percentile; not in a run that did not measure it",
        text);
  }

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
