package shedlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Svg;
import shedlab.report.chart.Theme;
import shedlab.report.figure.CellCourse.Series;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.Phase;
import shedlab.report.text.Numbers;

/**
 * The course of a cell, with one time axis: requests, the server's state, its CPU, and the response
 * times of admitted requests; one plot below the other.
 */
final class CoursePanel {
  private static final double WIDTH = 572;
  private static final double LEFT = 52;
  private static final double RIGHT = WIDTH - 74;
  private static final double GAP = 28;

  private final Manifest plan;
  private final CellCourse course;
  private final Measured.@Nullable Level floor;
  private final Svg svg = new Svg();
  private double y;

  private CoursePanel(ChartData data, CellCourse course) {
    this.plan = data.plan();
    this.course = course;
    this.floor = data.floor("p99", Latency::p99);
  }

  /** A line of a plot; only those with figures are drawn. */
  private record Line(String name, String css, Series series) {}

  private boolean isThere(Line line) {
    return DoubleStream.of(course.of(line.series())).anyMatch(Double::isFinite);
  }

  static Panel of(ChartData data, CellCourse course, String title) {
    var panel = new CoursePanel(data, course);
    panel.draw();
    return new Panel(title, "Course of " + title, "", WIDTH, panel.y + 20, panel.svg.toString());
  }

  private void draw() {
    if (course.most(Series.OFFERED) > 0) {
      Axis rates = Axis.numbers(course.most(Series.OFFERED, Series.ADMITTED) * 1.06, 4.5, "");
      List<Line> lines = new ArrayList<>();
      lines.add(new Line("offered", "guide", Series.OFFERED));
      lines.add(new Line("admitted", "line l-good d0", Series.ADMITTED));
      lines.add(new Line("shed", "line s1 d1", Series.SHED));
      if (course.most(Series.LATE) > 0) {
        lines.add(new Line("late", "line l-late d2", Series.LATE));
      }
      if (course.most(Series.FAILED) > 0) {
        lines.add(new Line("failed", "line l-timeout d3", Series.FAILED));
      }
      plot("requests per second, by intended start", rates, 108, "/s", lines);
    }
    if (course.most(Series.INFLIGHT, Series.WAITING) > 0) {
      double most = course.most(Series.LIMIT, Series.INFLIGHT, Series.WAITING);
      plot(
          "requests in the server",
          Axis.numbers(Math.max(1, most) * 1.08, 4.5, ""),
          108,
          "",
          List.of(
              new Line("limit", "line s0 d4", Series.LIMIT),
              new Line("in flight", "line s3 d0", Series.INFLIGHT),
              new Line("waiting", "line s4 d2", Series.WAITING)));
      plot(
          "server's CPU",
          Axis.shares(1),
          70,
          "%",
          List.of(new Line("CPU", "line s2 d0", Series.CPU)));
    }
    if (course.most(Series.P99) > 0) {
      double deadline = plan.load().deadlineMillis() * 1_000.0;
      double least =
          DoubleStream.of(course.of(Series.P50)).filter(v -> v > 0).reduce(deadline, Math::min);
      Plot times =
          plot(
              "response time of admitted requests",
              Axis.micros(least, Math.max(deadline, course.most(Series.P99)) * 1.1),
              108,
              "ms",
              List.of(
                  new Line("p99", "line s5 d1", Series.P99),
                  new Line("p50", "line s1 d0", Series.P50)));
      svg.line("guide", LEFT, times.y(deadline), RIGHT, times.y(deadline));
      svg.text("note", LEFT + 4, times.y(deadline) - 4, "deadline");
      if (floor != null) {
        svg.line("ceiling", LEFT, times.y(floor.value()), RIGHT, times.y(floor.value()));
        svg.text("note", LEFT + 4, times.y(floor.value()) - 4, floor.name());
      }
      heat();
    }
    y -= GAP - 24;
    Plot seconds = plot(y, 0, Axis.numbers(1, 1, ""));
    svg.add(seconds.columns("", false).svg().toString());
  }

  private Axis seconds() {
    return Axis.numbers(course.seconds(), 9, " s");
  }

  private Plot plot(double top, double height, Axis values) {
    return new Plot(
        new Box(WIDTH, top + height, LEFT, top, RIGHT, top + height), seconds(), values);
  }

  private Plot plot(String title, Axis values, double height, String unit, List<Line> lines) {
    Plot plot = framed(title, values, height);
    List<Double> ends = new ArrayList<>();
    List<String> names = new ArrayList<>();
    String scale =
        Numbers.plain(values.min())
            + " "
            + Numbers.plain(values.max())
            + " "
            + Svg.n(plot.box().top())
            + " "
            + Svg.n(plot.box().bottom())
            + (values.log() ? " log" : "");
    plot.svg().open("data-scale=\"" + scale + "\" data-unit=\"" + unit + "\"");
    for (Line line : lines) {
      if (isThere(line)) {
        plot.svg().open("data-name=\"" + line.name() + "\"");
        plot.svg().path(line.css(), path(plot, course.of(line.series()))).close();
        names.add(line.name());
        ends.add(plot.y(last(course.of(line.series()))));
      }
    }
    plot.svg().close();
    plot.labels(names, ends);
    svg.add(plot.svg().toString());
    return plot;
  }

  /** Adds a plot below the others, with the background that all plots have. */
  private Plot framed(String title, Axis values, double height) {
    y += 24;
    svg.text("strong", LEFT - 40, y - 10, title);
    Plot plot = plot(y, height, values);
    double window = plot.x(Math.min(plan.load().leadInSeconds(), course.seconds()));
    svg.rect("lead-in", LEFT, y, window - LEFT, height);
    var edges = new StringBuilder();
    double second = plan.load().leadInSeconds();
    for (Phase phase :
        plan.load().phases().subList(0, Math.max(0, plan.load().phases().size() - 1))) {
      second += phase.seconds();
      if (second < course.seconds()) {
        edges.append("M").append(Svg.n(plot.x(second))).append(' ').append(Svg.n(y));
        edges.append('V').append(Svg.n(y + height));
      }
    }
    svg.path("phase", edges);
    plot.rows();
    plot.svg().line("axis", LEFT, y + height, RIGHT, y + height);
    y += height + GAP - 24;
    return plot;
  }

  private static double last(double[] values) {
    return DoubleStream.of(values).filter(Double::isFinite).reduce(0, (a, b) -> b);
  }

  /** Broken where there is no figure. */
  private String path(Plot plot, double[] values) {
    var d = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        if (pen && i + 1 < values.length && flat(values, i)) {
          continue; // the line is as straight without it
        }
        d.append(pen ? " " : "M").append(plot.at(new Plot.Point(middle(i), values[i])));
        pen = true;
      } else {
        pen = false;
      }
    }
    return d.toString();
  }

  private static boolean flat(double[] values, int i) {
    return values[i - 1] == values[i] && values[i] == values[i + 1];
  }

  private double middle(int slot) {
    return (slot + 0.5) * course.slotSeconds();
  }

  /** How many took how long in every slot, darker where there were more. */
  private void heat() {
    int first = course.bounds().size();
    int last = 0;
    long peak = 1;
    int slots = course.of(Series.OFFERED).length;
    for (int slot = 0; slot < slots; slot++) {
      for (int b = 0; b < course.bounds().size(); b++) {
        if (course.count(slot, b) > 0) {
          first = Math.min(first, b);
          last = Math.max(last, b);
          peak = Math.max(peak, course.count(slot, b));
        }
      }
    }
    if (first > last) {
      return;
    }
    Plot plot =
        framed(
            course.counted()
                ? "response times of admitted requests; darker: more of them"
                : "p50 and p99 of every 100 ms; darker: more often",
            Axis.micros(lower(first), course.bounds().get(last)),
            110);
    Map<Long, StringBuilder> tiles = new TreeMap<>();
    for (int slot = 0; slot < slots; slot++) {
      long x = Math.round(plot.x(slot * course.slotSeconds()));
      long width = Math.round(plot.x((slot + 1) * course.slotSeconds())) - x;
      for (int b = first; b <= last; b++) {
        long count = course.count(slot, b);
        if (count > 0) {
          long top = Math.round(plot.y(course.bounds().get(b)));
          long height = Math.round(plot.y(lower(b))) - top;
          tiles
              .computeIfAbsent(
                  Theme.step(Math.log1p((double) count) / Math.log1p((double) peak)),
                  s -> new StringBuilder())
              .append("M" + x + " " + top + "h" + width + "v" + height + "h" + -width + "z");
        }
      }
    }
    tiles.forEach((step, d) -> plot.svg().path("tile c" + step, d));
    svg.add(plot.svg().toString());
  }

  private double lower(int bound) {
    return bound == 0 ? course.bounds().get(0) / 2.0 : course.bounds().get(bound - 1);
  }
}
