package shedlab.report.pair;

import shedlab.report.statistics.Difference;
import shedlab.report.statistics.Interval;
import shedlab.report.text.Numbers;

/** A ratio in words. */
public final class Ratio {
  private static final int DIGITS = 2;

  private Ratio() {}

  /** With its interval and verdict: {@code 0.70 (0.68 to 0.72), worse}. */
  public static String text(Pair pair) {
    return figure(pair) + ", " + pair.claim().verdict().title();
  }

  /** With its interval; a dash if there is none. */
  public static String figure(Pair pair) {
    return figure(pair.difference());
  }

  /** The same of a difference; without an interval if there are too few runs for one. */
  public static String figure(Difference difference) {
    if (Double.isNaN(difference.mean())) {
      return Numbers.NO_FIGURE;
    }
    String ratio = number(Difference.ratio(difference.mean()));
    return Double.isInfinite(difference.halfWidth())
        ? ratio
        : ratio + " (" + interval(difference) + ")";
  }

  /** Its interval: {@code 0.68 to 0.72}. */
  public static String interval(Pair pair) {
    return interval(pair.difference());
  }

  private static String interval(Difference difference) {
    Interval of = difference.interval();
    return number(Difference.ratio(of.low())) + " to " + number(Difference.ratio(of.high()));
  }

  /** The ratio alone; infinite where the reference had no goodput. */
  public static String number(double ratio) {
    return Double.isInfinite(ratio) ? "∞" : Numbers.fixed(ratio, DIGITS);
  }
}
