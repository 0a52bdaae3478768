package shedlab.report.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The one way in which numbers are written: decimal, rounded half up, with a point and no grouping,
 * in every locale. {@code NaN} is a dash: there is no figure.
 */
public final class Numbers {
  public static final String NO_FIGURE = "–";

  private Numbers() {}

  /** A share as a percentage with one digit: {@code 95.3 %}. */
  public static String percent(double share) {
    return percent(share, 1);
  }

  /** A share as a percentage that is not less, with as few digits as make sense: {@code 3 %}. */
  public static String percentAbove(double share) {
    return BigDecimal.valueOf(share)
            .movePointRight(2)
            .setScale(share < 0.1 ? 1 : 0, RoundingMode.UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  /** A share as a whole percentage: {@code 95 %}. */
  public static String wholePercent(double share) {
    return percent(share, 0);
  }

  /** A difference of shares in percentage points, with its sign. */
  public static String points(double difference) {
    if (Double.isNaN(difference)) {
      return NO_FIGURE;
    }
    String text = fixed(difference * 100, 1);
    return (text.startsWith("-") ? "−" + text.substring(1) : "+" + text) + " pp";
  }

  /** Microseconds as milliseconds with about three digits; zero is no figure. */
  public static String millis(long micros) {
    if (micros == 0) {
      return NO_FIGURE;
    }
    int digits = micros < 9_995 ? 2 : micros < 99_950 ? 1 : 0;
    return BigDecimal.valueOf(micros, 3).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  /** A rate per second with one digit. */
  public static String rate(double perSecond) {
    return fixed(perSecond, 1);
  }

  /** A number with {@code digits} digits after the point. */
  public static String fixed(double value, int digits) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString()
        : NO_FIGURE;
  }

  /** A number with as few digits as possible: {@code 2}, {@code 0.5}. */
  public static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** A load as a multiple of the capacity: {@code 1.2x}. */
  public static String load(double load) {
    return plain(load) + "x";
  }

  private static String percent(double share, int digits) {
    return Double.isFinite(share)
        ? BigDecimal.valueOf(share)
                .movePointRight(2)
                .setScale(digits, RoundingMode.HALF_UP)
                .toPlainString()
            + " %"
        : NO_FIGURE;
  }
}
