package shedlab.report.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Plot.Point;
import shedlab.report.metric.Summary;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.RawCell;
import shedlab.report.result.CellResult;

/**
 * How goodput followed a load or a capacity that changes: a panel per strategy, a row per variant;
 * means of the valid runs that have time series. Beside a fleet of which a server is killed, the
 * same simulated.
 */
public final class CourseChart {
  private static final Box BOX = new Box(378, 172, 48, 8, 364, 134);
  private static final double SLOT_SECONDS = 0.5;

  /** Rates per second, as shares of the capacity. */
  private record Slot(double offered, double good) {}

  private record Course(String server, String strategy, List<Slot> slots) {}

  private final ChartData data;
  private final int slots;
  private double greatest = 1;

  private CourseChart(ChartData data) {
    this.data = data;
    this.slots = (int) Math.round(data.plan().load().measureSeconds() / SLOT_SECONDS);
  }

  /**
   * The chart; empty if nothing changes in a cell of this run, if cells differ in their load, or
   * without time series.
   *
   * @throws IOException that names the file, if a time series is not what it should be
   */
  public static Chart of(ChartData data) throws IOException {
    List<Chart.View> views = new ArrayList<>();
    boolean changes =
        data.run().cells().stream().anyMatch(c -> c.clientSide().dynamics() != null)
            || !data.plan().plateau();
    if (changes && !data.overLoad()) {
      var chart = new CourseChart(data);
      for (String variant : data.summary().variants()) {
        List<Panel> panels = new ArrayList<>();
        for (Course course : chart.courses(variant)) {
          panels.add(chart.panel(course, chart.simulated(course, variant)));
        }
        if (!panels.isEmpty()) {
          views.add(new Chart.View(data.choice(variant), data.heading(variant), panels));
        }
      }
    }
    return new Chart("course", "Goodput over the course of a run", List.of(), views);
  }

  /** The courses of a variant; the axis has room for the highest of them. */
  private List<Course> courses(String variant) throws IOException {
    List<Course> courses = new ArrayList<>();
    greatest = 1;
    for (String server : data.summary().servers()) {
      for (String strategy : data.summary().strategies()) {
        List<Slot> course = course(server, strategy, variant);
        if (!course.isEmpty()) {
          courses.add(new Course(server, strategy, course));
          for (Slot slot : course) {
            greatest = Math.max(greatest, Math.max(slot.offered(), slot.good()));
          }
        }
      }
    }
    return courses;
  }

  /** Empty without the time series of a valid run. */
  private List<Slot> course(String server, String strategy, String variant) throws IOException {
    double[] offered = new double[slots];
    double[] good = new double[slots];
    int runs = 0;
    double load = data.summary().loads().get(0);
    for (CellResult cell : data.cells(server, strategy, variant, load)) {
      if (!cell.valid()) {
        continue;
      }
      List<ClientCsv.Row> rows = new RawCell(data.run().cellFolder(cell.key().id())).client();
      for (ClientCsv.Row at : rows) {
        double second = at.second() - data.plan().load().leadInSeconds();
        int slot = (int) Math.floor(second / SLOT_SECONDS + 1e-9);
        if (slot >= 0 && slot < slots) {
          double share = 1 / (SLOT_SECONDS * cell.capacityPerSecond());
          offered[slot] += at.offered() * share;
          good[slot] += at.good() * share;
        }
      }
      runs += rows.isEmpty() ? 0 : 1;
    }
    List<Slot> course = new ArrayList<>();
    for (int i = 0; runs > 0 && i < slots; i++) {
      course.add(new Slot(offered[i] / runs, good[i] / runs));
    }
    return course;
  }

  /** Of a fleet that loses a server; empty for others. */
  private List<Double> simulated(Course course, String variant) throws IOException {
    double load = data.summary().loads().get(0);
    Optional<Summary.Row> row =
        data.summary().row(course.server(), course.strategy(), variant, load);
    return row.isEmpty() || data.plan().settings(variant).getOrDefault("kill", "").isEmpty()
        ? List.of()
        : SimulatedCurves.course(data.run(), row.get(), SLOT_SECONDS);
  }

  private Panel panel(Course drawn, List<Double> simulated) {
    String server = drawn.server();
    String strategy = drawn.strategy();
    List<Slot> course = drawn.slots();
    boolean several = data.summary().servers().size() > 1;
    String title = (several ? server + ": " : "") + data.name(strategy);
    Axis seconds = Axis.numbers(data.plan().load().measureSeconds(), 8, "");
    var plot = new Plot(BOX, seconds, Axis.shares(greatest));
    plot.frame("seconds");
    plot.line("guide", points(course, Slot::offered));
    List<Point> expected = new ArrayList<>();
    for (double share : simulated) {
      expected.add(new Point((expected.size() + 0.5) * SLOT_SECONDS, share));
    }
    plot.line("thin " + data.look(strategy).stroke(), expected);
    plot.line("line " + data.look(strategy).stroke() + " d0", points(course, Slot::good));
    String marks = data.server(server) + " " + data.strategy(strategy);
    return plot.panel(title, "Goodput over the course of a run: " + title, marks);
  }

  private static List<Point> points(List<Slot> course, ToDoubleFunction<Slot> share) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < course.size(); i++) {
      points.add(new Point((i + 0.5) * SLOT_SECONDS, share.applyAsDouble(course.get(i))));
    }
    return points;
  }
}
