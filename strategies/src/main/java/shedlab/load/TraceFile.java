package shedlab.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.spec.SpecException;

/**
 * A recording as a file in UTF-8: a request a line, in the order of their times. A line is a time
 * in whole microseconds, {@code 1250}, or a time and a size, {@code 1250,0.5}, of which only the
 * ratio to the others counts. All lines have the same columns. The first may name them: {@code
 * time_us} or {@code time_us,size}. A byte order mark at the beginning, either kind of line ends
 * and empty lines at the end do not matter.
 */
final class TraceFile {
  /** Names of the columns, in the line before the first request. */
  static final String PLAIN = "time_us";

  static final String SIZED = "time_us,size";

  static final String SIZE_RULE = "a number above 0 of up to 7 digits, and 6 after the point";

  /** What a size is counted in. */
  static final int MILLION = 1_000_000;

  /** In place of a number that is none. */
  static final long NONE = -1;

  private static final String TIME_RULE = "whole microseconds, not before the line above";
  private static final String TIME_ALONE = "a time alone, as in the first line";
  private static final String TIME_AND_SIZE = "a time and a size, as in the first line";
  private static final Pattern MICROS = Pattern.compile("[0-9]{1,15}");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,7})(?:\\.([0-9]{1,6}))?");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** A time, a comma, a size and two characters at the end of the line, and some for a heading. */
  private static final int MOST_BYTES = 32 * Trace.MOST_TIMES + 100;

  private final String file;
  private final List<String> lines;
  private final int first;
  private final boolean sized;

  private TraceFile(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
    String heading = lines.isEmpty() ? "" : lines.get(0);
    this.first = heading.equals(PLAIN) || heading.equals(SIZED) ? 1 : 0;
    this.sized = heading.indexOf(',') >= 0;
  }

  /**
   * Reads a file.
   *
   * @throws SpecException if it cannot be read, or that names file and line of what is no request
   */
  static Trace read(String file) {
    String text;
    try (InputStream content = Files.newInputStream(Path.of(file))) {
      byte[] bytes = content.readNBytes(MOST_BYTES + 1);
      SpecException.check(bytes.length <= MOST_BYTES, "trace", file, Trace.tooMany());
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new SpecException("trace", file, "a readable file");
    }
    return new TraceFile(
            file, text.replaceFirst("^" + BYTE_ORDER_MARK, "").stripTrailing().lines().toList())
        .trace();
  }

  private Trace trace() {
    long[] micros = new long[lines.size() - first];
    long[] sizes = new long[sized ? micros.length : 0];
    for (int i = 0; i < micros.length; i++) {
      String line = lines.get(first + i);
      int comma = line.indexOf(',');
      String time = comma < 0 ? line : line.substring(0, comma);
      micros[i] = micros(time);
      if (micros[i] == NONE && first + i == 0) {
        throw bad(i, "line", line, PLAIN + ", " + SIZED + " or whole microseconds");
      }
      check(micros[i] >= (i == 0 ? 0 : micros[i - 1]), i, "time", time, TIME_RULE);
      check(comma >= 0 == sized, i, "line", line, sized ? TIME_AND_SIZE : TIME_ALONE);
      if (sized) {
        String size = line.substring(comma + 1);
        sizes[i] = millionths(size);
        check(sizes[i] > 0, i, "size", size, SIZE_RULE);
      }
    }
    return new Trace(file, micros, sizes);
  }

  private void check(boolean kept, int request, String key, String value, String rule) {
    if (!kept) {
      throw bad(request, key, value, rule);
    }
  }

  private SpecException bad(int request, String key, String value, String rule) {
    return new SpecException(key, value, rule).at(file + ":" + (first + request + 1));
  }

  /** A time; {@link #NONE} if it is none. */
  static long micros(String text) {
    return MICROS.matcher(text).matches() ? Long.parseLong(text) : NONE;
  }

  /** A size above zero, in millionths; {@link #NONE} if it is none. */
  static long millionths(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return NONE;
    }
    String fraction = size.group(2) == null ? "" : size.group(2);
    long value =
        Long.parseLong(size.group(1)) * MILLION
            + Long.parseLong((fraction + "000000").substring(0, 6));
    return value == 0 ? NONE : value;
  }

  /** A size as it is read. */
  static String written(long millionths) {
    String whole = Long.toString(millionths / MILLION);
    long rest = millionths % MILLION;
    return rest == 0
        ? whole
        : whole + "." + Long.toString(MILLION + rest).substring(1).replaceFirst("0+$", "");
  }
}
