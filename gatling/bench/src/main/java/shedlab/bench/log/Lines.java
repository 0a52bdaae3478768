package shedlab.bench.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of the lines of a file. A bad one is counted, never fatal.
 *
 * @param read those that were read
 * @param bad those that were not
 * @param firstBad the first of them with its place; empty without one
 */
public record Lines(long read, long bad, String firstBad) {
  private static final int SHOWN = 100;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Takes a line; false if it is bad. */
  interface Taker {
    boolean take(String line);
  }

  /**
   * Hands every line that is not blank to a taker, one after the other.
   *
   * @param key the option that named the file
   * @throws shedlab.spec.SpecException if it cannot be read
   */
  static Lines of(String key, Path file, Taker taker) throws IOException {
    long read = 0;
    long bad = 0;
    long number = 0;
    String first = "";
    try (LongLines lines = LongLines.of(key, file)) {
      for (@Nullable String line = lines.next(); line != null; line = lines.next()) {
        number++;
        if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
          line = line.substring(1);
        }
        if (line.isBlank()) {
          continue;
        }
        if (taker.take(line)) {
          read++;
        } else {
          bad++;
          first = bad == 1 ? file + ":" + number + ": " + shown(line) : first;
        }
      }
    }
    return new Lines(read, bad, first);
  }

  private static String shown(String line) {
    String visible = line.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    return visible.length() <= SHOWN ? visible : visible.substring(0, SHOWN) + "...";
  }

  /** One sentence for the reader. */
  public String sentence() {
    return bad == 0
        ? String.format(Locale.ROOT, "%d lines, none of them bad.", read)
        : String.format(
            Locale.ROOT,
            "%d lines and %d bad ones, which were left out. The first: %s",
            read,
            bad,
            firstBad);
  }
}
