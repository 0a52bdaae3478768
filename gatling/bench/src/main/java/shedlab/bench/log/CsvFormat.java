package shedlab.bench.advise.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values under a line that names the columns: {@code time}, {@code duration} and
 * perhaps {@code status}, in any order and among others. A time is ISO 8601 or a number, in seconds
 * unless the column's name ends in {@code _ms} or {@code _us}; a duration is in milliseconds unless
 * it ends in {@code _us} or {@code _s}. Without a status, all are 200s.
 */
final class CsvFormat implements LogFormat {
  private static final int OK = 200;

  private final String heading;
  private final int time;
  private final int duration;
  private final int status;
  private final double timeUnit;
  private final double durationUnit;

  private CsvFormat(String heading, List<String> columns) {
    this.heading = heading;
    this.time = column(columns, "time");
    this.duration = column(columns, "duration");
    this.status = column(columns, "status");
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

  static List<String> fields(String line) {
    return Arrays.stream(line.split(",", -1))
        .map(field -> field.strip().replaceAll("^\"|\"$", ""))
        .toList();
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
    if (fields.size() <= Math.max(time, Math.max(duration, status))) {
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
        Math.round(start), false, code, took.isEmpty() ? LogEntry.UNKNOWN : Math.round(micros));
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
