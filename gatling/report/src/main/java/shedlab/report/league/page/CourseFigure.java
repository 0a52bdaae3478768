package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Svg;
import shedlab.report.league.CoursePoint;
import shedlab.report.text.Numbers;

/** The course of a contender in a situation: rates, and below them the p99 of the admitted. */
final class CourseFigure {
  private static final double WIDTH = 560;
  private static final double LEFT = 56;
  private static final double RIGHT = WIDTH - 74;
  private static final double MOST_LOAD = 12;

  private final List<CoursePoint> course;
  private final double deadlineMillis;
  private final Axis seconds;

  CourseFigure(List<CoursePoint> course, double deadlineMillis) {
    this.course = course;
    this.deadlineMillis = deadlineMillis;
    double end = course.get(course.size() - 1).seconds() + CoursePoint.SECONDS;
    this.seconds = Axis.numbers(end, 9, " s");
  }

  /** A line of a plot. */
  private record Line(String name, String css, ToDoubleFunction<CoursePoint> value) {}

  Panel panel(String title) {
    double most =
        course.stream()
            .mapToDouble(p -> Math.max(p.offered(), p.good() + p.late()))
            .reduce(1, Math::max);
    var rates =
        new Plot(
            new Box(WIDTH, 170, LEFT, 20, RIGHT, 150),
            seconds,
            Axis.shares(Math.min(MOST_LOAD, most)));
    rates.svg().text("strong", 0, 9, "requests per second, in % of the capacity");
    rates.rows();
    rates.columns("", false);
    lines(
        rates,
        List.of(
            new Line("offered", "guide", CoursePoint::offered),
            new Line("good", "line l-good d0", CoursePoint::good),
            new Line("late", "line l-late d2", CoursePoint::late),
            new Line("shed", "line s1 d1", CoursePoint::shed)));
    double slowest =
        course.stream()
            .mapToDouble(CoursePoint::p99Millis)
            .filter(Double::isFinite)
            .reduce(deadlineMillis, Math::max);
    double fastest =
        course.stream()
            .mapToDouble(CoursePoint::p99Millis)
            .filter(p99 -> p99 > 0)
            .reduce(deadlineMillis, Math::min);
    var times =
        new Plot(
            new Box(WIDTH, 290, LEFT, 196, RIGHT, 270),
            seconds,
            Axis.micros(fastest * 1_000 * 0.9, slowest * 1_000 * 1.1));
    times.svg().text("strong", 0, 186, "p99 of the admitted");
    times.rows();
    times.columns("", false);
    times.level("guide", deadlineMillis * 1_000, "deadline");
    times.svg().path("line s5 d0", path(times, point -> point.p99Millis() * 1_000));
    Svg both = new Svg().add(rates.svg().toString()).add(times.svg().toString());
    return new Panel(title, "Course of " + title, "", WIDTH, 290, both.toString());
  }

  private void lines(Plot plot, List<Line> lines) {
    List<String> names = new ArrayList<>();
    List<Double> ends = new ArrayList<>();
    for (Line line : lines) {
      if (course.stream().anyMatch(point -> line.value().applyAsDouble(point) > 0)) {
        plot.svg().path(line.css(), path(plot, line.value()));
        names.add(line.name());
        ends.add(plot.y(line.value().applyAsDouble(course.get(course.size() - 1))));
      }
    }
    plot.labels(names, ends);
  }

  /** Broken where there is no figure. */
  private String path(Plot plot, ToDoubleFunction<CoursePoint> value) {
    var d = new StringBuilder();
    boolean pen = false;
    for (CoursePoint point : course) {
      double at = value.applyAsDouble(point);
      if (Double.isFinite(at)) {
        var place = new Plot.Point(point.seconds() + CoursePoint.SECONDS / 2, at);
        d.append(pen ? " " : "M").append(plot.at(place));
      }
      pen = Double.isFinite(at);
    }
    return d.toString();
  }

  /** The course in words, for those who cannot see it. */
  String words() {
    double good = course.stream().mapToDouble(CoursePoint::good).average().orElse(0);
    double offered = course.stream().mapToDouble(CoursePoint::offered).average().orElse(0);
    double late = course.stream().mapToDouble(CoursePoint::late).average().orElse(0);
    return "On average "
        + Numbers.wholePercent(offered)
        + " of the capacity were offered, "
        + Numbers.wholePercent(good)
        + " answered in time and "
        + Numbers.wholePercent(late)
        + " too late.";
  }
}
