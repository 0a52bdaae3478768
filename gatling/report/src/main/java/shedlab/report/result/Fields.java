package shedlab.report.result;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How figures are written in the CSV files of a run. */
final class Fields {
  private Fields() {}

  /** Rounded half up; empty if there is no figure, {@code inf} if it has no end. */
  static String number(double value, int digits) {
    if (Double.isNaN(value)) {
      return "";
    }
    return Double.isInfinite(value)
        ? value > 0 ? "inf" : "-inf"
        : BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  /** A load as short as it can be written: {@code 2}, {@code 0.5}. */
  static String load(double load) {
    return BigDecimal.valueOf(load).stripTrailingZeros().toPlainString();
  }
}
