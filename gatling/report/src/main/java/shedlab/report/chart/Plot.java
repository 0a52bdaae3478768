package shedlab.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A drawing with two axes: the frame, guides, lines, and names at the ends of lines. */
public final class Plot {
  private static final double LABEL_STEP = 13;
  private static final double NAME_SIZE = 10.5;
  private static final int LONGEST_NAME = 24;

  /** A value on each axis. */
  public record Point(double x, double y) {}

  /** Two values at a place on the x axis, and all between them. */
  public record Range(double x, double least, double most) {}

  /** Where a line ends and whose line it is; a guide has no look. */
  public record End(String name, @Nullable Look look, String marks, Point at) {}

  private final Svg svg = new Svg();
  private final Box box;
  private final Axis x;
  private final Axis y;

  /** A plot without a frame. */
  public Plot(Box box, Axis x, Axis y) {
    this.box = box;
    this.x = x.along(box.left(), box.right());
    this.y = y.along(box.bottom(), box.top());
  }

  /** The drawing so far, to add to. */
  public Svg svg() {
    return svg;
  }

  /** The size of the panel and the edges of the plot area. */
  public Box box() {
    return box;
  }

  public double x(double value) {
    return x.at(value);
  }

  public double y(double value) {
    return y.at(value);
  }

  /** Grid lines, ticks and as many of their labels as fit, and the name of the x axis. */
  public Plot frame(String xName) {
    return rows().columns(xName, false);
  }

  /** The ticks of the y axis alone. */
  public Plot rows() {
    var grid = new StringBuilder();
    for (Axis.Tick tick : y.ticks()) {
      grid.append("M").append(Svg.n(box.left())).append(' ').append(Svg.n(y(tick.value())));
      grid.append('H').append(Svg.n(box.right()));
    }
    svg.path("grid", grid);
    for (Axis.Tick tick : y.ticks()) {
      svg.text("tick end", box.left() - 6, y(tick.value()) + 3.5, tick.label());
    }
    return this;
  }

  /** The ticks of the x axis alone; with lines across the plot, or short ones below it. */
  public Plot columns(String xName, boolean across) {
    double floor = box.bottom();
    var ticks = new StringBuilder();
    // Where the next label may begin: in the first line, or in the second if the axis has a name.
    double free = Double.NEGATIVE_INFINITY;
    double freeBelow = xName.isEmpty() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    boolean below = false;
    var labels = new Svg();
    for (Axis.Tick tick : x.ticks()) {
      if (tick.value() < x.min() * 0.999 || tick.value() > x.max() * 1.001) {
        continue;
      }
      double at = x(tick.value());
      ticks.append("M").append(Svg.n(at)).append(' ').append(Svg.n(across ? box.top() : floor));
      ticks.append('V').append(Svg.n(floor + (across ? 0 : 4)));
      double half = textWidth(tick.label(), NAME_SIZE) / 2;
      if (at - half >= free) {
        labels.text("tick middle", at, floor + 16, tick.label());
        free = at + half + 5;
      } else if (at - half >= freeBelow) {
        labels.text("tick middle", at, floor + 26, tick.label());
        freeBelow = at + half + 5;
        below = true;
      }
    }
    svg.path(across ? "grid" : "axis", ticks);
    svg.line("axis", box.left(), floor, box.right(), floor);
    svg.add(labels.toString());
    if (!xName.isEmpty()) {
      double y = floor + (below ? 37 : 31);
      svg.text("note middle", (box.left() + box.right()) / 2, y, xName);
    }
    return this;
  }

  /** Shades the loads above the capacity. */
  public Plot overload() {
    if (x.max() > 1) {
      double from = x(1);
      svg.rect("overload", from, box.top(), box.right() - from, box.bottom() - box.top());
      svg.text("note", from, box.top() - 5, "overload");
    }
    return this;
  }

  /** Shades values up to this one, which are the machine's own, and names it at the bottom. */
  public Plot floor(double value, String name) {
    return floor(List.of(new Point(x.min(), value), new Point(x.max(), value)), name);
  }

  /** The same of values that rise along the x axis. */
  public Plot floor(List<Point> edge, String name) {
    String base = " " + Svg.n(box.bottom());
    String right = "L" + Svg.n(x(edge.get(edge.size() - 1).x())) + base;
    String left = "L" + Svg.n(x(edge.get(0).x())) + base;
    boolean below = edge.stream().allMatch(point -> point.y() <= y.min());
    svg.path("noise", below ? "" : path(edge) + right + left + "Z");
    svg.text("note", box.left() + 4, box.bottom() - 4, name + (below ? " (below)" : ""));
    return this;
  }

  /** A line through points. */
  public Plot line(String css, List<Point> points) {
    svg.path(css, path(points));
    return this;
  }

  /** A band along the greatest values and back along the least; at two places or more. */
  public Plot band(String marks, Look look, List<Range> ranges) {
    if (ranges.size() > 1) {
      List<Point> edge = new ArrayList<>();
      ranges.forEach(range -> edge.add(new Point(range.x(), range.most())));
      for (int i = ranges.size() - 1; i >= 0; i--) {
        edge.add(new Point(ranges.get(i).x(), ranges.get(i).least()));
      }
      svg.open(marks).path("band " + look.fill(), path(edge) + "Z").close();
    }
    return this;
  }

  /** A horizontal line across the plot, with its name above. */
  public Plot level(String css, double value, String name) {
    svg.line(css, box.left(), y(value), box.right(), y(value));
    svg.text("note", box.left() + 4, y(value) - 4, name);
    return this;
  }

  /** The path through points. */
  public String path(List<Point> points) {
    var d = new StringBuilder();
    for (Point point : points) {
      d.append(d.isEmpty() ? "M" : "L").append(at(point));
    }
    return d.toString();
  }

  /** The coordinates of a point. */
  public String at(Point point) {
    return Svg.n(x(point.x())) + " " + Svg.n(y(point.y()));
  }

  /**
   * Names at the ends of lines: as near to their lines as possible without overlapping. If there
   * are more than fit, those in the middle have none.
   */
  public Plot names(List<End> ends) {
    List<End> sorted = new ArrayList<>(ends);
    sorted.sort(Comparator.comparingDouble(e -> y(e.at().y())));
    int fit = (int) ((box.bottom() + 4 - box.top()) / LABEL_STEP) + 1;
    if (sorted.size() > fit) {
      sorted.subList((fit + 1) / 2, sorted.size() - fit / 2).clear();
    }
    double[] wanted = sorted.stream().mapToDouble(e -> y(e.at().y())).toArray();
    double[] at = spread(wanted, LABEL_STEP, box.bottom() + 4);
    double right = box.right();
    for (int i = 0; i < at.length; i++) {
      End end = sorted.get(i);
      Look look = end.look();
      if (look == null) {
        svg.text("soft", right + 17, at[i] + 3.5, end.name());
        continue;
      }
      svg.open(end.marks());
      svg.line("leader " + look.stroke(), x(end.at().x()) + 4, wanted[i], right + 6, at[i]);
      svg.path(look.fill(), look.marker().at(right + 10, at[i], 2.8));
      svg.text("name", right + 17, at[i] + 3.5, shortened(end.name()));
      svg.close();
    }
    return this;
  }

  /** Names without marks at the ends of lines, without overlapping. */
  public Plot labels(List<String> names, List<Double> ys) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(ys::get));
    double[] wanted = order.stream().mapToDouble(ys::get).toArray();
    double[] at = spread(wanted, LABEL_STEP - 1, box.bottom() + 4);
    for (int i = 0; i < at.length; i++) {
      svg.text("name", box.right() + 6, at[i] + 3.5, names.get(order.get(i)));
    }
    return this;
  }

  /** The finished panel. */
  public Panel panel(String title, String label, String marks) {
    return new Panel(title, label, marks, box.width(), box.height(), svg.toString());
  }

  /** The width of the names at the ends of lines. */
  public static double nameWidth(List<String> names) {
    return 22 + widest(names);
  }

  /** The width of the widest name, after each is shortened to fit. */
  public static double widest(List<String> names) {
    return names.stream().mapToDouble(n -> textWidth(shortened(n), NAME_SIZE)).max().orElse(0);
  }

  /** The approximate width of a text; no font is measured, so that all machines agree. */
  public static double textWidth(String text, double size) {
    double em = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      em += "iljt.,:;|()'/ ".indexOf(c) >= 0 ? 0.34 : c == 'm' || c == 'w' ? 0.86 : 0.62;
    }
    return em * size;
  }

  /** A name that fits. */
  public static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
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
}
