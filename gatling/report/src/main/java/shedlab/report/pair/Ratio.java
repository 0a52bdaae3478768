package shedlab.report.pair;

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
    return Double.isNaN(pair.ratio())
        ? Numbers.NO_FIGURE
        : number(pair.ratio()) + " (" + interval(pair) + ")";
  }

  /** Its interval: {@code 0.68 to 0.72}. */
  public static String interval(Pair pair) {
    return number(pair.interval().low()) + " to " + number(pair.interval().high());
  }

  /** The ratio alone; infinite where the reference had no goodput. */
  public static String number(double ratio) {
    return Double.isInfinite(ratio) ? "∞" : Numbers.fixed(ratio, DIGITS);
  }
}
