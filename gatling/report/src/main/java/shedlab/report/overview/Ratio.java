package shedlab.report.overview;

import shedlab.report.pair.Pair;
import shedlab.report.text.Numbers;

/** A ratio in words. */
final class Ratio {
  private static final int DIGITS = 2;

  private Ratio() {}

  /** With its interval and verdict: {@code 0.70 (0.68 to 0.72), worse}. */
  static String text(Pair pair) {
    return figure(pair) + ", " + pair.claim().verdict().title();
  }

  /** With its interval; a dash if there is none. */
  static String figure(Pair pair) {
    return Double.isNaN(pair.ratio())
        ? Numbers.NO_FIGURE
        : number(pair.ratio())
            + " ("
            + number(pair.interval().low())
            + " to "
            + number(pair.interval().high())
            + ")";
  }

  /** The ratio alone; infinite where the reference had no goodput. */
  static String number(double ratio) {
    return Double.isInfinite(ratio) ? "∞" : Numbers.fixed(ratio, DIGITS);
  }
}
