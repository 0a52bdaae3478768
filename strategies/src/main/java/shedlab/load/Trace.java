package shedlab.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import shedlab.spec.SpecException;

/**
 * A recording of arrivals: times in whole microseconds, ascending. As a file it has one time per
 * line. Immutable.
 */
public final class Trace {
  private static final Pattern MICROS = Pattern.compile("[0-9]{1,15}");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** A recording is told to the load generator as a whole. */
  private static final int MOST_TIMES = 1_000_000;

  private static final int MOST_BYTES = 17 * MOST_TIMES;

  private final long[] micros;

  private Trace(String from, long[] micros) {
    this.micros = micros;
    SpecException.check(
        micros.length >= 2 && micros[0] < micros[micros.length - 1],
        "trace",
        from,
        "at least two different times");
    SpecException.check(
        micros.length <= MOST_TIMES, "trace", from, "at most " + MOST_TIMES + " times");
  }

  /**
   * Reads a file; a byte order mark at its beginning and empty lines at its end do not count.
   *
   * @throws SpecException if it cannot be read, or a line is no time
   */
  public static Trace read(String file) {
    String text;
    try (InputStream content = Files.newInputStream(Path.of(file))) {
      byte[] bytes = content.readNBytes(MOST_BYTES + 1);
      SpecException.check(
          bytes.length <= MOST_BYTES, "trace", file, "at most " + MOST_TIMES + " times");
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new SpecException("trace", file, "a readable file");
    }
    List<String> lines =
        text.replaceFirst("^" + BYTE_ORDER_MARK, "").stripTrailing().lines().toList();
    long[] micros = new long[lines.size()];
    for (int i = 0; i < micros.length; i++) {
      String line = lines.get(i);
      boolean number = MICROS.matcher(line).matches();
      micros[i] = number ? Long.parseLong(line) : 0;
      if (!number || (i > 0 && micros[i] < micros[i - 1])) {
        throw new SpecException("time", line, "whole microseconds, not before the line above")
            .at(file + ":" + (i + 1));
      }
    }
    return new Trace(file, micros);
  }

  /** Reads what {@link #steps} writes. */
  static Trace ofSteps(String steps) {
    long[] micros =
        Arrays.stream(steps.split("-", -1))
            .mapToLong(
                step -> {
                  SpecException.check(
                      MICROS.matcher(step).matches(), "steps", step, "whole microseconds");
                  return Long.parseLong(step);
                })
            .toArray();
    Arrays.parallelPrefix(micros, Math::addExact);
    return new Trace("steps", micros);
  }

  /** The first time and the microseconds from one to the next, with hyphens between. */
  String steps() {
    StringBuilder text = new StringBuilder(Long.toString(micros[0]));
    for (int i = 1; i < micros.length; i++) {
      text.append('-').append(micros[i] - micros[i - 1]);
    }
    return text.toString();
  }

  /** The file's text in its one form: numbers without leading zeros, each line ended by LF. */
  public String text() {
    return Arrays.stream(micros)
        .mapToObj(Long::toString)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** SHA-256 of {@link #text}, in hexadecimal. */
  public String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** The start of a recording has no meaning: half a gap, as for evenly spaced arrivals. */
  double firstGap() {
    return 0.5;
  }

  /** The gaps in order, again and again, in units of their mean. */
  DoubleSupplier gaps() {
    double mean = (double) (micros[micros.length - 1] - micros[0]) / (micros.length - 1);
    return new DoubleSupplier() {
      private int next;

      @Override
      public double getAsDouble() {
        double gap = (micros[next + 1] - micros[next]) / mean;
        next = next + 2 == micros.length ? 0 : next + 1;
        return gap;
      }
    };
  }
}
