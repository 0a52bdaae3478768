package shedlab.simulation.golden;

/** Numbers as text by integer arithmetic, so that no locale and no JDK rounds them its own way. */
final class Decimal {
  private Decimal() {}

  /** With so many digits after the point, halves away from zero; {@code -} for no number. */
  static String of(double value, int digits) {
    if (Double.isNaN(value)) {
      return "-";
    }
    long scale = 1;
    for (int i = 0; i < digits; i++) {
      scale *= 10;
    }
    long scaled = Math.round(Math.abs(value) * scale);
    String text = Long.toString(scaled / scale);
    if (digits > 0) {
      String fraction = Long.toString(scaled % scale);
      text += "." + "0".repeat(digits - fraction.length()) + fraction;
    }
    return value < 0 && scaled != 0 ? "-" + text : text;
  }

  /** A share as a percentage. */
  static String percent(double share) {
    return of(100 * share, 1);
  }
}
