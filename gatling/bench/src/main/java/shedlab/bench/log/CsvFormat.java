package shedlab.bench.log;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values under a line that names the columns: {@code time}, {@code duration} and
 * perhaps {@code status}, {@code path} and {@code method}, in any order and among others. A time is
 * ISO 8601 or a number, in seconds unless the column's name ends in {@code _ms} or {@code _us}; a
 * duration is in milliseconds unless it ends in {@code _us} or {@code _s}. Without a status, all
 * are 200s. A field may be quoted, as in RFC 4180, but a line is a request.
 */
final class CsvFormat implements LogFormat {
  private static final int OK = 200;
  private static final CsvReader.CsvReaderBuilder CSV =
      CsvReader.builder().trimWhitespacesAroundQuotes(true).allowUnclosedQuote(false);

  private final String heading;
  private final int time;
  private final int duration;
  private final int status;
  private final int method;
  private final int path;
  private final double timeUnit;
  private final double durationUnit;

  private CsvFormat(String heading, List<String> columns) {
    this.heading = heading;
    this.time = column(columns, "time");
    this.duration = column(columns, "duration");
    this.status = column(columns, "status");
    this.method = column(columns, "method");
    this.path = column(columns, "path");
    this.timeUnit = time < 0 ? 0 : Numerals.unitOf(columns.get(time), 1e6);
    this.durationUnit = duration < 0 ? 0 : Numerals.unitOf(columns.get(duration), 1e3);
  }

  /** The format with the columns that this line names; nothing if it names no time. */
  static Optional<LogFormat> of(String line) {
    List<String> columns =
        fields(line).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    return column(columns, "time") < 0
        ? Optional.empty()
        : Optional.of(new CsvFormat(line, columns));
  }

  /** The fields of a line; none if its quotes are broken. */
  static List<String> fields(String line) {
    try {
      return CSV.ofSingleCsvRecord(line).getFields().stream().map(String::strip).toList();
    } catch (CsvParseException e) {
      return List.of();
    }
  }

  /** The first column of this name, perhaps with a unit at its end; -1 without one. */
  private static int column(List<String> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).matches(name + "(_us|_ms|_s)?")) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String name() {
    return "CSV";
  }

  @Override
  public boolean heading(String line) {
    return line.equals(heading);
  }

  @Override
  public @Nullable LogEntry read(String line) {
    List<String> fields = fields(line);
    if (fields.size() <= IntStream.of(time, duration, status, method, path).max().orElse(time)) {
      return null;
    }
    double start = start(fields.get(time));
    int code = status < 0 ? OK : Numerals.whole(fields.get(status), 999);
    String took = duration < 0 ? "" : fields.get(duration);
    double micros = Numerals.micros(took, durationUnit);
    if (Double.isNaN(start) || code < 0 || (!took.isEmpty() && Double.isNaN(micros))) {
      return null;
    }
    return new LogEntry(
        Math.round(start),
        false,
        code,
        took.isEmpty() ? LogEntry.UNKNOWN : Math.round(micros),
        Route.of(method < 0 ? "" : fields.get(method), path < 0 ? "" : fields.get(path)));
  }

  private double start(String text) {
    double number = Numerals.micros(text, timeUnit);
    if (!Double.isNaN(number)) {
      return number;
    }
    try {
      Instant at = Instant.parse(text);
      return at.getEpochSecond() * 1e6 + at.getNano() / 1e3;
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }
}
