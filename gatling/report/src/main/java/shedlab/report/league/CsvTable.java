package shedlab.report.league;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shedlab.report.file.Place;

/** The rows of one of the league's CSV files, in which words may be quoted. */
public final class CsvTable {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

  private CsvTable() {}

  /** Makes something of a row. */
  public interface Reader<T> {
    T read(Row row) throws IOException;
  }

  /**
   * All rows.
   *
   * @throws IOException that names file and line, if something is not what it should be
   */
  public static <T> List<T> read(Path file, Reader<T> reader) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": missing (expected: as `make league` writes it)");
    }
    List<T> rows = new ArrayList<>();
    long line = 1;
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      Iterator<NamedCsvRecord> records = csv.iterator();
      while (records.hasNext()) {
        NamedCsvRecord next = records.next();
        line = next.getStartingLineNumber();
        rows.add(reader.read(new Row(new Place(file.toString(), (int) line), next)));
      }
    } catch (CsvParseException | UncheckedIOException e) {
      IOException broken =
          new Place(file.toString(), (int) line + 1)
              .broken("line", "cannot be read", "one record of a CSV file");
      broken.initCause(e);
      throw broken;
    }
    return rows;
  }

  /** A row with its place. */
  public record Row(Place place, NamedCsvRecord fields) {
    /** A word, or several. */
    public String text(String column) throws IOException {
      return fields
          .findField(column)
          .orElseThrow(() -> place.broken(column, "(none)", "a field in every row"));
    }

    public int whole(String column) throws IOException {
      String text = text(column);
      if (!WHOLE.matcher(text).matches()) {
        throw place.broken(column, text, "a whole number");
      }
      return Integer.parseInt(text);
    }

    public double number(String column) throws IOException {
      return number(column, text(column));
    }

    /** {@code NaN} where there is no figure. */
    public double numberOrNone(String column) throws IOException {
      String text = text(column);
      return text.isEmpty() ? Double.NaN : number(column, text);
    }

    public @Nullable Double numberOrNull(String column) throws IOException {
      String text = text(column);
      return text.isEmpty() ? null : number(column, text);
    }

    /** Separated by blanks. */
    public List<Double> numbers(String column) throws IOException {
      List<Double> all = new ArrayList<>();
      for (String text : text(column).split(" ", -1)) {
        all.add(number(column, text));
      }
      return all;
    }

    private double number(String column, String text) throws IOException {
      if (text.equals("inf") || text.equals("-inf")) {
        return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      }
      if (!NUMBER.matcher(text).matches()) {
        throw place.broken(column, text, "a decimal number");
      }
      return Double.parseDouble(text);
    }
  }
}
