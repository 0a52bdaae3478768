package shedlab.report.file;

import java.io.IOException;
import shedlab.spec.SpecException;

/**
 * A line of a file.
 *
 * @param line from 1; 0 for the file as a whole
 */
public record Place(String file, int line) {
  private static final int LONGEST = 80;

  /** What is wrong there, as {@code file:line: key: value (expected: rule)} in one line. */
  public IOException broken(String key, Object value, String rule) {
    return new IOException(this + ": " + SpecException.message(key, shown(value), rule));
  }

  /** A value may be anything, a megabyte of zeros for instance. */
  private static String shown(Object value) {
    String text = String.valueOf(value);
    String part = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    return part.replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
