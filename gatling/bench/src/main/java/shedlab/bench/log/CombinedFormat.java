package shedlab.bench.log;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The combined format of nginx and Apache, and the common format without its last two fields. A
 * further field at the end of a line is the duration: with a point, it is nginx's {@code
 * $request_time} in seconds, else Apache's {@code %D} in microseconds; a name before it, as in
 * {@code rt=0.012}, does not matter.
 *
 * <p>Apache logs when a request began, nginx when it ended.
 */
final class CombinedFormat implements LogFormat {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

  private String lastTime = "";
  private long lastMicros;

  @Override
  public String name() {
    return "nginx or Apache combined";
  }

  @Override
  public @Nullable LogEntry read(String line) {
    int open = line.indexOf(" [");
    int close = line.indexOf("] \"", open + 2);
    if (open <= 0 || close < 0) {
      return null;
    }
    int quote = closingQuote(line, close + 3);
    if (quote < 0 || line.length() < quote + 5 || line.charAt(quote + 1) != ' ') {
      return null;
    }
    int status = Numerals.whole(line.substring(quote + 2, quote + 5), 999);
    boolean separate = line.length() == quote + 5 || line.charAt(quote + 5) == ' ';
    if (status < 100 || !separate || !timeIs(line.substring(open + 2, close))) {
      return null;
    }
    String last = line.substring(line.lastIndexOf(' ') + 1);
    boolean bytes = line.indexOf(' ', quote + 6) < 0; // the size is the last field
    long duration = bytes || last.endsWith("\"") ? LogEntry.UNKNOWN : duration(last);
    if (duration == BAD) {
      return null;
    }
    boolean atEnd = duration != LogEntry.UNKNOWN && last.indexOf('.') >= 0;
    String route = Route.ofRequestLine(line.substring(close + 3, quote));
    return new LogEntry(atEnd ? lastMicros - duration : lastMicros, true, status, duration, route);
  }

  private static final long BAD = -2;

  private static long duration(String field) {
    String number = field.substring(field.indexOf('=') + 1);
    if (number.equals("-")) {
      return LogEntry.UNKNOWN;
    }
    double value = Numerals.decimal(number);
    return Double.isNaN(value) ? BAD : Math.round(number.indexOf('.') >= 0 ? value * 1e6 : value);
  }

  /** The quote that ends the request, before a blank and a status; quotes in it are escaped. */
  private static int closingQuote(String line, int from) {
    int quote = line.indexOf('"', from);
    while (quote > 0 && line.charAt(quote - 1) == '\\') {
      quote = line.indexOf('"', quote + 1);
    }
    return quote;
  }

  /** Reads a time into {@link #lastMicros}; most lines have that of the line before. */
  private boolean timeIs(String text) {
    if (!text.equals(lastTime)) {
      try {
        lastMicros = OffsetDateTime.parse(text, TIME).toEpochSecond() * 1_000_000;
        lastTime = text;
      } catch (DateTimeException e) {
        return false;
      }
    }
    return true;
  }
}
