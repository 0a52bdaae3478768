package shedlab.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;
import shedlab.spec.SpecException;

/**
 * A recording of arrivals: times in whole microseconds, ascending, and perhaps the size of each
 * request in comparison with the others. As a file it is what {@link #text} says. Immutable.
 */
public final class Trace {
  /** A recording is told to the load generator as a whole. */
  static final int MOST_TIMES = 1_000_000;

  private static final double MICROS_PER_SECOND = 1e6;

  private final String origin;
  private final long[] micros;

  /** In millionths; empty if all requests are alike. */
  private final long[] sizes;

  private final double meanSize;

  /**
   * A recording.
   *
   * @param origin what it was made from, for people
   * @param micros when each request began, ascending
   * @param sizes of the requests in millionths, above zero; empty if they are alike
   */
  Trace(String origin, long[] micros, long[] sizes) {
    this.origin = origin;
    this.micros = micros;
    this.sizes = sizes;
    this.meanSize = Arrays.stream(sizes).asDoubleStream().average().orElse(1);
    SpecException.check(
        micros.length >= 2 && micros[0] < micros[micros.length - 1],
        "trace",
        origin,
        "at least two different times");
    SpecException.check(micros.length <= MOST_TIMES, "trace", origin, tooMany());
  }

  static String tooMany() {
    return "at most " + MOST_TIMES + " times";
  }

  /**
   * Of requests that are all alike.
   *
   * @param origin what they were taken from, for people
   * @param micros when each began, ascending
   * @throws SpecException if there are too few or too many
   */
  public static Trace of(String origin, long[] micros) {
    return new Trace(origin, micros.clone(), new long[0]);
  }

  /**
   * The same requests with sizes.
   *
   * @param relative one for each, above zero; only their ratios count, to a millionth of the mean
   */
  public Trace sized(double[] relative) {
    double mean = Arrays.stream(relative).average().orElse(1);
    long[] millionths =
        Arrays.stream(relative)
            .mapToLong(size -> Math.max(1, Math.round(TraceFile.MILLION * size / mean)))
            .toArray();
    return new Trace(origin, micros, millionths);
  }

  /**
   * Reads a file; {@link TraceFile} says what it may hold.
   *
   * @throws SpecException if it cannot be read, or that names file and line of what is no request
   */
  public static Trace read(String file) {
    return TraceFile.read(file);
  }

  /** Reads what {@link #steps} and {@link #sizes} write; the latter is empty for none. */
  static Trace ofSteps(String steps, String sizes) {
    long[] micros = numbers(steps, "steps", TraceFile::micros, "whole microseconds");
    Arrays.parallelPrefix(micros, Math::addExact);
    long[] all =
        sizes.isEmpty()
            ? new long[0]
            : numbers(sizes, "sizes", TraceFile::millionths, TraceFile.SIZE_RULE);
    SpecException.check(
        sizes.isEmpty() || all.length == micros.length,
        "sizes",
        all.length,
        "as many as steps: " + micros.length);
    return new Trace("steps", micros, all);
  }

  private static long[] numbers(String text, String key, ToLongFunction<String> read, String rule) {
    return Arrays.stream(text.split("-", -1))
        .mapToLong(
            word -> {
              long value = read.applyAsLong(word);
              SpecException.check(value != TraceFile.NONE, key, word, rule);
              return value;
            })
        .toArray();
  }

  /** The first time and the microseconds from one to the next, with hyphens between. */
  String steps() {
    StringBuilder text = new StringBuilder(Long.toString(micros[0]));
    for (int i = 1; i < micros.length; i++) {
      text.append('-').append(micros[i] - micros[i - 1]);
    }
    return text.toString();
  }

  /** The sizes with hyphens between; empty if all are alike. */
  String sizes() {
    StringBuilder text = new StringBuilder();
    for (long size : sizes) {
      text.append(text.length() == 0 ? "" : "-").append(TraceFile.written(size));
    }
    return text.toString();
  }

  /**
   * The file's text in its one form, each line ended by LF: numbers without needless zeros, one a
   * line; with sizes, under a line that names the columns.
   */
  public String text() {
    StringBuilder text = new StringBuilder(isSized() ? TraceFile.SIZED + "\n" : "");
    for (int i = 0; i < micros.length; i++) {
      text.append(micros[i]);
      if (isSized()) {
        text.append(',').append(TraceFile.written(sizes[i]));
      }
      text.append('\n');
    }
    return text.toString();
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

  /** What it was made from, for people; two that are otherwise the same may differ in it. */
  public String origin() {
    return origin;
  }

  /** How many requests. */
  public int size() {
    return micros.length;
  }

  /** From the first request to the last. */
  public double seconds() {
    return periodMicros() / MICROS_PER_SECOND;
  }

  /** Requests per second, in the mean. */
  public double ratePerSecond() {
    return (micros.length - 1) / seconds();
  }

  /** Whether it says how large each request is. */
  public boolean isSized() {
    return sizes.length > 0;
  }

  /** The size of a request, which counts from 0; the mean of all is 1. */
  double work(int index) {
    return isSized() ? sizes[index] / meanSize : 1;
  }

  /** From the first request to this one. */
  long sinceFirstMicros(int index) {
    return micros[index] - micros[0];
  }

  /** After which a recording begins anew: its last request is the first of the next time. */
  long periodMicros() {
    return micros[micros.length - 1] - micros[0];
  }

  /** The request after this one; the last is followed by the second, whose gap comes next. */
  int after(int index) {
    return index + 1 == micros.length ? 1 : index + 1;
  }

  /** The start of a recording has no meaning: half a gap, as for evenly spaced arrivals. */
  double firstGap() {
    return 0.5;
  }

  /** The gaps in order, again and again, in units of their mean. */
  DoubleSupplier gaps() {
    double mean = (double) periodMicros() / (micros.length - 1);
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
