package shedlab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One panel with the offered load along the bottom: a line per strategy through the medians, a dot
 * for every run, a name at the end of every line.
 */
final class LoadPanel {
  static final double WIDTH = 390;
  static final double HEIGHT = 286;
  private static final double LEFT = 48;
  private static final double TOP = 30;
  private static final double BOTTOM = HEIGHT - 38;
  private static final double LABEL_STEP = 13;

  /** One strategy in the panel. */
  record Line(String name, Look look, List<Point> medians, List<Run> runs) {}

  /**
   * A median.
   *
   * @param firm false if it rests on too few samples to be quoted
   */
  record Point(double x, double y, boolean firm) {}

  /** A single run; NaN if it failed without a figure. */
  record Run(double x, double y, boolean valid, String title) {}

  /**
   * Something to compare with, dotted: a straight line between each two points.
   *
   * @param label where its name begins
   * @param below true if the name is below that point
   */
  record Guide(String name, Point label, boolean below, List<Point> points) {}

  private final Svg svg = new Svg();
  private final Axis x;
  private final Axis y;
  private final double right;

  private LoadPanel(List<Double> loads, Axis y, double right) {
    this.right = right;
    this.x = Axis.loads(loads, LEFT, right);
    this.y = y.along(BOTTOM, TOP);
  }

  /** Draws a panel; the same axis for all panels of a chart makes them comparable. */
  static Figure.Panel of(
      String title, List<Double> loads, Axis y, List<Guide> guides, List<Line> lines) {
    double longest =
        lines.stream().mapToDouble(l -> textWidth(shortened(l.name()), 10.5)).max().orElse(0);
    var panel = new LoadPanel(loads, y, WIDTH - 22 - longest);
    panel.frame(title);
    guides.forEach(panel::guide);
    for (Line line : lines) {
      panel.line(line);
    }
    for (Line line : lines) {
      panel.runs(line);
    }
    panel.names(lines);
    return new Figure.Panel(title, WIDTH, HEIGHT, panel.svg.toString());
  }

  /** About how wide a text will be; no font is measured, so that all machines agree. */
  static double textWidth(String text, double size) {
    double em = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      em += "iljt.,:;|()'/ ".indexOf(c) >= 0 ? 0.34 : c == 'm' || c == 'w' ? 0.86 : 0.62;
    }
    return em * size;
  }

  private static String shortened(String name) {
    return name.length() <= 24 ? name : name.substring(0, 23) + "…";
  }

  private void frame(String title) {
    svg.text("title", LEFT, 18, title);
    if (x.max() > 1) {
      svg.rect("overload", x.at(1), TOP, right - x.at(1), BOTTOM - TOP);
      svg.text("note", x.at(1) + 5, TOP + 11, "overload");
    }
    for (Axis.Tick tick : y.ticks()) {
      svg.line("grid", LEFT, y.at(tick.value()), right, y.at(tick.value()));
      svg.text("tick end", LEFT - 6, y.at(tick.value()) + 3.5, tick.label());
    }
    svg.line("axis", LEFT, BOTTOM, right, BOTTOM);
    for (Axis.Tick tick : x.ticks()) {
      svg.line("axis", x.at(tick.value()), BOTTOM, x.at(tick.value()), BOTTOM + 4);
      svg.text("tick middle", x.at(tick.value()), BOTTOM + 16, tick.label());
    }
    svg.text("note middle", (LEFT + right) / 2, BOTTOM + 31, "offered load, multiples of capacity");
  }

  private void guide(Guide guide) {
    var d = new StringBuilder();
    for (Point point : guide.points()) {
      d.append(d.isEmpty() ? "M" : "L").append(at(point));
    }
    svg.path("guide", d);
    double below = guide.below() ? 9 : -4;
    svg.text("note", x.at(guide.label().x()) + 4, y.at(guide.label().y()) + below, guide.name());
  }

  private void line(Line line) {
    List<Point> points = line.medians();
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      // A line over a load without a valid run would claim what nobody has seen.
      boolean gap = x.ticks().stream().anyMatch(t -> t.value() > from.x() && t.value() < to.x());
      String faded = from.firm() && to.firm() && !gap ? "" : " faded";
      svg.path(line.look().line() + faded, "M" + at(from) + "L" + at(to));
    }
    for (Point point : points) {
      String css = line.look().fill() + (point.firm() ? "" : " faded");
      svg.path(css, line.look().marker().at(x.at(point.x()), y.at(point.y()), 3.2));
    }
  }

  private void runs(Line line) {
    for (Run run : line.runs()) {
      double px = x.at(run.x());
      double py = Double.isNaN(run.y()) ? BOTTOM : y.at(run.y());
      String colour = "s" + line.look().colour();
      if (run.valid()) {
        svg.dot("run " + line.look().fill(), px, py, 1.7, run.title());
      } else {
        svg.dot("hollow " + colour, px, py, 4.6, run.title());
      }
    }
  }

  /** Names at the ends of the lines, apart from each other, as near to their lines as can be. */
  private void names(List<Line> lines) {
    List<Line> ended = new ArrayList<>(lines);
    ended.removeIf(l -> l.medians().isEmpty());
    ended.sort(Comparator.comparingDouble(l -> y.at(end(l).y())));
    double[] wanted = ended.stream().mapToDouble(l -> y.at(end(l).y())).toArray();
    double[] at = spread(wanted, LABEL_STEP, BOTTOM + 4);
    for (int i = 0; i < at.length; i++) {
      Line line = ended.get(i);
      svg.line(
          "leader s" + line.look().colour(), x.at(end(line).x()) + 4, wanted[i], right + 6, at[i]);
      svg.path(line.look().fill(), line.look().marker().at(right + 10, at[i], 2.8));
      svg.text("name", right + 17, at[i] + 3.5, shortened(line.name()));
    }
  }

  /**
   * Moves ascending positions at least {@code step} apart and not beyond {@code floor}, with the
   * least squared displacement: isotonic regression, by pooling neighbours that are too close.
   */
  static double[] spread(double[] wanted, double step, double floor) {
    int n = wanted.length;
    double[] mean = new double[n];
    int[] size = new int[n];
    int pools = 0;
    for (int i = 0; i < n; i++) {
      mean[pools] = Math.min(wanted[i] - i * step, floor - (n - 1) * step);
      size[pools++] = 1;
      while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
        int both = size[pools - 2] + size[pools - 1];
        mean[pools - 2] =
            (mean[pools - 2] * size[pools - 2] + mean[pools - 1] * size[pools - 1]) / both;
        size[pools - 2] = both;
        pools--;
      }
    }
    double[] spread = new double[n];
    int i = 0;
    for (int pool = 0; pool < pools; pool++) {
      for (int k = 0; k < size[pool]; k++, i++) {
        spread[i] = mean[pool] + i * step;
      }
    }
    return spread;
  }

  private static Point end(Line line) {
    return line.medians().get(line.medians().size() - 1);
  }

  private String at(Point point) {
    return Svg.n(x.at(point.x())) + " " + Svg.n(y.at(point.y()));
  }
}
