package shedlab.report.league.page;

import shedlab.report.league.Standings.Regret;
import shedlab.report.text.Numbers;

/** How regrets are written and shaded. */
final class Points {
  /** The least regret of each shade but the first, in points. */
  private static final double[] SHADES = {0.5, 1, 2, 5, 10, 20, 30, 45, 60, 80};

  private Points() {}

  /** One digit below ten, none above. */
  static String text(double points) {
    return Numbers.fixed(points, points < 9.95 ? 1 : 0).replace("-0.0", "0.0").replace('-', '−');
  }

  /** With its interval. */
  static String text(Regret regret) {
    return text(regret.points()) + " " + plusMinus(regret);
  }

  static String plusMinus(Regret regret) {
    return "± " + text(regret.halfWidth());
  }

  /** From 0 to 10; -1 without a figure. */
  static int shade(double points) {
    if (Double.isNaN(points)) {
      return -1;
    }
    int shade = 0;
    while (shade < SHADES.length && points >= SHADES[shade]) {
      shade++;
    }
    return shade;
  }

  /** The class of a table's cell. */
  static String heat(double points) {
    return Double.isNaN(points) ? "" : "heat h" + shade(points);
  }

  /** What a shade stands for. */
  static String range(int shade) {
    if (shade == 0) {
      return "below " + Numbers.plain(SHADES[0]);
    }
    return shade == SHADES.length
        ? Numbers.plain(SHADES[shade - 1]) + " and more"
        : Numbers.plain(SHADES[shade - 1]) + "–" + Numbers.plain(SHADES[shade]);
  }

  static int shades() {
    return SHADES.length + 1;
  }
}
