package shedlab.bench.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/**
 * Service times in a file: one number per line, or a column of a CSV file with a line of names.
 * Milliseconds, unless a number has a unit or the column's name ends in {@code _us} or {@code _s}.
 */
public final class SampleFile {
  private static final double MILLI = 1e3;

  private final Durations durations = new Durations();
  private final String column;
  private int index = -1;
  private double unit = MILLI;

  private SampleFile(String column) {
    this.column = column;
  }

  /**
   * What was read.
   *
   * @param lines a line of names is not among them
   */
  public record Samples(Durations durations, Lines lines) {}

  /**
   * Reads a file.
   *
   * @param column the name of a column; empty for a file of numbers alone
   * @throws SpecException if it cannot be read, has no such column or no number
   */
  public static Samples read(Path file, String column) throws IOException {
    SampleFile reader = new SampleFile(column);
    Lines lines = Lines.of("samples", file, reader::take);
    SpecException.check(
        column.isEmpty() || reader.index >= 0, "column", column, "the name of a column of " + file);
    SpecException.check(
        reader.durations.count() > 0,
        "samples",
        file,
        "numbers, one a line; of a file with columns, --column names one");
    long named = column.isEmpty() ? 0 : 1;
    return new Samples(
        reader.durations, new Lines(lines.read() - named, lines.bad(), lines.firstBad()));
  }

  private boolean take(String line) {
    if (!column.isEmpty() && index < 0) {
      index = CsvFormat.fields(line).indexOf(column);
      unit = Numerals.unitOf(column, MILLI);
      return index >= 0;
    }
    @Nullable String field = field(line);
    double micros = field == null ? Double.NaN : Numerals.micros(field, unit);
    if (!(micros > 0)) {
      return false;
    }
    durations.add(micros);
    return true;
  }

  private @Nullable String field(String line) {
    if (column.isEmpty()) {
      return line.strip();
    }
    List<String> fields = CsvFormat.fields(line);
    return index < fields.size() ? fields.get(index) : null;
  }
}
