package shedlab.bench.certificate;

import java.util.Locale;
import shedlab.report.result.Check;

/** Checks of a value against one bound, as certificates write them. */
public final class Bounds {
  private Bounds() {}

  /** A count that is known beforehand. */
  public static Check exactly(String name, long value, long expected) {
    return new Check(name, Long.toString(value), "= " + expected, value == expected);
  }

  /** A value that may not be greater. */
  public static Check atMost(String name, double value, double bound) {
    return new Check(name, number(value), "<= " + number(bound), value <= bound);
  }

  /** A value that may not be less. */
  public static Check atLeast(String name, double value, double bound) {
    return new Check(name, number(value), ">= " + number(bound), value >= bound);
  }

  /** With the three digits that all values and bounds have. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
