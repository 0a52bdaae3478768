package shedlab.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a strategy is drawn, the same in every chart: colour, dashes and marker, each enough to tell
 * it from its neighbours. {@code none}, which the others are measured against, is always ink.
 *
 * @param colour an index into the theme
 * @param dash an index into {@code chart.css}
 */
record Look(int colour, int dash, Marker marker) {
  /** How many colours a theme has for series; the first is ink. */
  static final int COLOURS = 8;

  /** How many patterns of dashes {@code chart.css} has. */
  static final int DASHES = 5;

  /** The shape at a point of a line. */
  enum Marker {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    NABLA,
    CROSS;

    /** A filled shape around a point, of about the same area for all. */
    String at(double x, double y, double size) {
      return switch (this) {
        case CIRCLE -> move(x - size, y) + arc(size, 2 * size) + arc(size, -2 * size) + "Z";
        case SQUARE -> polygon(x, y, size * 0.9, "-1 -1 1 -1 1 1 -1 1");
        case TRIANGLE -> polygon(x, y, size * 1.2, "0 -1 1 0.8 -1 0.8");
        case DIAMOND -> polygon(x, y, size * 1.25, "0 -1 1 0 0 1 -1 0");
        case NABLA -> polygon(x, y, size * 1.2, "0 1 1 -0.8 -1 -0.8");
        case CROSS ->
            polygon(
                x,
                y,
                size * 1.2,
                "-1 -0.35 -0.35 -0.35 -0.35 -1 0.35 -1 0.35 -0.35 1 -0.35 1 0.35 0.35 0.35"
                    + " 0.35 1 -0.35 1 -0.35 0.35 -1 0.35");
      };
    }

    private static String polygon(double x, double y, double size, String corners) {
      String[] numbers = corners.split(" ", -1);
      var d = new StringBuilder();
      for (int i = 0; i < numbers.length; i += 2) {
        d.append(i == 0 ? "M" : "L");
        d.append(Svg.n(x + size * Double.parseDouble(numbers[i]))).append(' ');
        d.append(Svg.n(y + size * Double.parseDouble(numbers[i + 1])));
      }
      return d.append('Z').toString();
    }

    private static String move(double x, double y) {
      return "M" + Svg.n(x) + " " + Svg.n(y);
    }

    private static String arc(double radius, double dx) {
      return "a" + Svg.n(radius) + " " + Svg.n(radius) + " 0 1 0 " + Svg.n(dx) + " 0";
    }
  }

  /** Looks for strategies in the order of the charts. */
  static Map<String, Look> of(List<String> strategies) {
    var looks = new LinkedHashMap<String, Look>();
    Marker[] markers = Marker.values();
    int next = 1;
    for (String strategy : strategies) {
      int i = strategy.equals(StrategyNames.NONE) ? 0 : next++;
      int colour = i == 0 ? 0 : 1 + (i - 1) % (COLOURS - 1);
      looks.put(strategy, new Look(colour, i % DASHES, markers[i % markers.length]));
    }
    return looks;
  }

  /** The inside of a swatch of 24 by 12. */
  String swatch() {
    return new Svg().line(line(), 0, 6, 24, 6).path(fill(), marker.at(12, 6, 3.2)).toString();
  }

  String line() {
    return "line s" + colour + " d" + dash;
  }

  String fill() {
    return "f" + colour;
  }
}
