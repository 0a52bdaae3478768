package shedlab.bench.log;

/** Numbers as logs have them: no sign, no exponent. Logs are long: nothing is thrown. */
final class Numerals {
  private static final int MOST_DIGITS = 18;

  private Numerals() {}

  /** A whole number of up to {@code most}; -1 for anything else. */
  static int whole(String text, int most) {
    double value = text.indexOf('.') >= 0 ? Double.NaN : decimal(text);
    return value <= most ? (int) value : -1;
  }

  /** A number with or without a fraction; NaN for anything else. */
  static double decimal(String text) {
    int points = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        points++;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else {
        return Double.NaN;
      }
    }
    return digits == 0 || digits > MOST_DIGITS || points > 1
        ? Double.NaN
        : Double.parseDouble(text);
  }

  /**
   * A time in microseconds.
   *
   * @param text a number, or a number and {@code us}, {@code ms} or {@code s}
   * @param unit microseconds of a number alone
   * @return NaN if it is none
   */
  static double micros(String text, double unit) {
    if (text.endsWith("us")) {
      return decimal(text.substring(0, text.length() - 2).strip());
    }
    if (text.endsWith("ms")) {
      return decimal(text.substring(0, text.length() - 2).strip()) * 1e3;
    }
    if (text.endsWith("s")) {
      return decimal(text.substring(0, text.length() - 1).strip()) * 1e6;
    }
    return decimal(text) * unit;
  }

  /** Microseconds of the unit at the end of a column's name; {@code otherwise} if there is none. */
  static double unitOf(String column, double otherwise) {
    return column.endsWith("_us")
        ? 1
        : column.endsWith("_ms") ? 1e3 : column.endsWith("_s") ? 1e6 : otherwise;
  }
}
