package shedlab.report.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How figures are written in the CSV files of a run. */
public final class Fields {
  private Fields() {}

  /** Rounded half up; empty if there is no figure, {@code inf} if it is infinite. */
  public static String number(double value, int digits) {
    if (Double.isNaN(value)) {
      return "";
    }
    return Double.isInfinite(value)
        ? value > 0 ? "inf" : "-inf"
        : BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  /** A load with as few digits as possible: {@code 2}, {@code 0.5}. */
  public static String load(double load) {
    return BigDecimal.valueOf(load).stripTrailingZeros().toPlainString();
  }

  /**
   * A figure rounded to {@code digits} digits, half up; a figure that is not finite is unchanged.
   */
  static double rounded(double value, int digits) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue()
        : value;
  }
}
