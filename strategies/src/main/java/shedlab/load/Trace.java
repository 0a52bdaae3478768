package shedlab.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import shedlab.spec.SpecException;

/** A recording of arrivals: a file with one time per line, in whole microseconds, ascending. */
final class Trace {
  private static final Pattern MICROS = Pattern.compile("[0-9]{1,15}");

  /** In units of the mean gap. */
  private final double[] gaps;

  private Trace(double[] gaps) {
    this.gaps = gaps;
  }

  static Trace read(String file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new SpecException("file", file, "a readable file");
    }
    return of(file, lines);
  }

  private static Trace of(String file, List<String> lines) {
    long[] micros = new long[lines.size()];
    for (int i = 0; i < micros.length; i++) {
      String line = lines.get(i);
      if (MICROS.matcher(line).matches()) {
        micros[i] = Long.parseLong(line);
      }
      if (!MICROS.matcher(line).matches() || (i > 0 && micros[i] < micros[i - 1])) {
        throw new SpecException(
            file + " line " + (i + 1), line, "whole microseconds, not before the line above");
      }
    }
    if (micros.length < 2 || micros[0] == micros[micros.length - 1]) {
      throw new SpecException("file", file, "at least two different times");
    }
    double mean = (double) (micros[micros.length - 1] - micros[0]) / (micros.length - 1);
    double[] gaps = new double[micros.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = (micros[i + 1] - micros[i]) / mean;
    }
    return new Trace(gaps);
  }

  /** The start of a recording has no meaning: half a gap, as for evenly spaced arrivals. */
  double firstGap() {
    return 0.5;
  }

  /** The gaps in order, again and again; their mean is 1. */
  DoubleSupplier gaps() {
    return new DoubleSupplier() {
      private int next;

      @Override
      public double getAsDouble() {
        double gap = gaps[next];
        next = next + 1 == gaps.length ? 0 : next + 1;
        return gap;
      }
    };
  }
}
