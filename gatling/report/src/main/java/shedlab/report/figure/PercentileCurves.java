package shedlab.report.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Look;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Plot.Point;
import shedlab.report.chart.Plot.Range;
import shedlab.report.metric.Summary.Row;
import shedlab.report.raw.Floor;
import shedlab.report.raw.LatencyLog.Kind;
import shedlab.report.raw.RawCell;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;
import shedlab.report.text.Numbers;

/**
 * Response times by percentile at one load, up to the percentile with ten samples above it: from
 * the merged histograms of the valid runs or, in a run without histograms, from the percentiles of
 * its cells. A band spans the runs, up to the percentile with ten samples above it in each.
 */
public final class PercentileCurves {
  /** Points of a curve per power of ten. */
  private static final int STEPS = 5;

  private static final int MOST_POINTS = 25;
  private static final int DIGITS = 3;

  /** Samples that must be above a percentile. */
  private static final int BEYOND = 10;

  private final ChartData data;
  private final Map<Kind, Map<Row, Answers>> answers = new EnumMap<>(Kind.class);

  /** What is drawn of a row. */
  private record Curve(Row row, List<Point> points, List<Range> ranges) {
    Stream<Double> values() {
      return Stream.concat(
          points.stream().map(Point::y),
          ranges.stream().flatMap(range -> Stream.of(range.least(), range.most())));
    }
  }

  /** The response times of the valid runs of a row. */
  private static final class Answers {
    private final List<List<Point>> runs = new ArrayList<>();
    private @Nullable Histogram merged;

    void add(@Nullable Histogram histogram, Latency latency) {
      List<Point> run = points(histogram, latency);
      if (!run.isEmpty()) {
        runs.add(run);
      }
      if (histogram != null) {
        merged = merged == null ? new Histogram(DIGITS) : merged;
        merged.add(histogram);
      }
    }

    Curve curve(Row row, Latency latency) {
      return new Curve(row, points(merged, latency), runs.size() > 1 ? ranges() : List.of());
    }

    /** Where every run has a point. */
    private List<Range> ranges() {
      Map<Double, DoubleSummaryStatistics> all = new TreeMap<>();
      for (List<Point> run : runs) {
        run.forEach(
            p -> all.computeIfAbsent(p.x(), x -> new DoubleSummaryStatistics()).accept(p.y()));
      }
      List<Range> ranges = new ArrayList<>();
      all.forEach(
          (x, y) -> {
            if (y.getCount() == runs.size()) {
              ranges.add(new Range(x, y.getMin(), y.getMax()));
            }
          });
      return ranges;
    }
  }

  private PercentileCurves(ChartData data) {
    this.data = data;
  }

  /**
   * Reads the histograms.
   *
   * @throws IOException that names the file, if one is not what it should be
   */
  public static PercentileCurves of(ChartData data) throws IOException {
    var curves = new PercentileCurves(data);
    for (CellResult cell : data.run().cells()) {
      Optional<Row> row =
          data.summary().row(cell.server(), cell.strategy(), cell.variant(), cell.load());
      if (cell.valid() && row.isPresent()) {
        Map<Kind, Histogram> read = new RawCell(data.run().cellFolder(cell.key().id())).latencies();
        curves.add(Kind.ADMITTED, row.get(), read, cell.clientSide().admittedLatency());
        curves.add(Kind.SHED, row.get(), read, cell.clientSide().shedLatency());
      }
    }
    return curves;
  }

  private void add(Kind kind, Row row, Map<Kind, Histogram> read, Latency latency) {
    answers
        .computeIfAbsent(kind, k -> new LinkedHashMap<>())
        .computeIfAbsent(row, r -> new Answers())
        .add(read.get(kind), latency);
  }

  /** The curves of 200s. */
  public Chart admitted() {
    return chart(Kind.ADMITTED);
  }

  /** The curves of 429s. */
  public Chart shed() {
    return chart(Kind.SHED);
  }

  private Chart chart(Kind kind) {
    String what = kind.name().toLowerCase(Locale.ROOT);
    boolean admitted = kind == Kind.ADMITTED;
    List<Chart.View> views = new ArrayList<>();
    Map<Row, Curve> curves = new LinkedHashMap<>();
    answers
        .getOrDefault(kind, Map.of())
        .forEach(
            (row, of) -> {
              Curve curve = of.curve(row, admitted ? row.admitted() : row.shed());
              if (curve.points().size() > 1) {
                curves.put(row, curve);
              }
            });
    List<Double> all = curves.values().stream().flatMap(Curve::values).toList();
    if (!all.isEmpty()) {
      double deadline = data.plan().load().deadlineMillis() * 1_000.0;
      double most = all.stream().reduce(admitted ? deadline : 0, Math::max);
      double least = Collections.min(all);
      Axis y = Axis.micros(admitted ? Math.min(least, deadline) : least, most * 1.1);
      for (String variant : data.summary().variants()) {
        for (double load : data.summary().loads()) {
          List<Panel> panels = panels(what, curves, y, variant, load);
          views.add(new Chart.View(data.choice(variant, load), data.heading(variant), panels));
        }
      }
    }
    return new Chart("curves-" + what, "Percentiles of " + what + " requests", List.of(), views);
  }

  private List<Panel> panels(
      String what, Map<Row, Curve> curves, Axis y, String variant, double load) {
    List<Panel> panels = new ArrayList<>();
    double farthest =
        curves.values().stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(Point::x)
            .reduce(100, Math::max);
    Box box =
        Box.beside(
            Math.max(2, data.summary().servers().size()), Plot.nameWidth(data.strategyNames()));
    for (String server : data.summary().servers()) {
      var plot = new Plot(box, Axis.percentiles(farthest), y);
      Floor floor = data.words().floor();
      if (floor.measured()) {
        plot.floor(floor(floor, farthest), data.words().level("p99", Latency::p99));
      }
      plot.frame("percentile");
      List<Curve> here =
          data.summary().strategies().stream()
              .flatMap(strategy -> data.summary().row(server, strategy, variant, load).stream())
              .flatMap(row -> Optional.ofNullable(curves.get(row)).stream())
              .toList();
      for (Curve curve : here) {
        String strategy = curve.row().strategy();
        plot.band(data.strategy(strategy), data.look(strategy), curve.ranges());
      }
      if (what.equals("admitted")) {
        plot.level("guide", data.plan().load().deadlineMillis() * 1_000.0, "deadline");
      }
      List<Plot.End> ends = new ArrayList<>();
      here.forEach(curve -> ends.add(line(plot, curve.row(), curve.points())));
      if (!ends.isEmpty()) {
        String at = server + ", " + what + " at " + Numbers.load(load);
        plot.names(ends);
        panels.add(plot.panel(at, "Percentiles of response times on " + at, data.server(server)));
      }
    }
    return panels;
  }

  /** The machine's own percentiles, as far as the curves go. */
  private static List<Point> floor(Floor floor, double farthest) {
    List<Point> points = new ArrayList<>();
    points.add(new Point(1, floor.at(Latency::p50)));
    points.add(new Point(2, floor.at(Latency::p50)));
    points.add(new Point(10, floor.at(Latency::p90)));
    points.add(new Point(100, floor.at(Latency::p99)));
    if (farthest >= 1_000) {
      points.add(new Point(1_000, floor.at(Latency::p999)));
    }
    return points;
  }

  private Plot.End line(Plot plot, Row row, List<Point> points) {
    Look look = data.look(row.strategy());
    String marks = data.strategy(row.strategy());
    var markers = new StringBuilder();
    var title = new StringBuilder(row.server() + " at " + Numbers.load(row.load()));
    for (Point point : points) {
      markers.append(look.marker().at(plot.x(point.x()), plot.y(point.y()), 2.2));
      double percent = 100 - 100 / point.x();
      if (isNamed(point.x())) {
        title.append('\n').append(data.name(row.strategy())).append(" p");
        title.append(Numbers.plain(Math.round(percent * 100) / 100.0)).append('\t');
        title.append(Numbers.millis(Math.round(point.y()))).append(" ms");
      }
    }
    plot.svg().open(marks);
    plot.line(look.line(), points);
    plot.svg().path(look.fill(), markers, "", title.toString());
    plot.svg().close();
    return new Plot.End(data.name(row.strategy()), look, marks, points.get(points.size() - 1));
  }

  /** Whole powers of ten beyond. */
  private static boolean isNamed(double x) {
    double power = Math.log10(x);
    return x > 1 && Math.abs(power - Math.rint(power)) < 1e-9;
  }

  /** Points of one over the share above, in even logarithmic steps, and the response time there. */
  private static List<Point> points(@Nullable Histogram histogram, Latency latency) {
    List<Point> points = new ArrayList<>();
    if (histogram != null) {
      for (int i = 0; i < MOST_POINTS; i++) {
        double x = Math.pow(10, (double) i / STEPS);
        if (histogram.getTotalCount() / x < BEYOND) {
          break;
        }
        long micros = histogram.getValueAtPercentile(100 - 100 / x);
        if (micros > 0) {
          points.add(new Point(x, micros));
        }
      }
      return points;
    }
    long[] known = {latency.p50(), latency.p90(), latency.p99(), latency.p999()};
    double[] at = {2, 10, 100, 1_000};
    for (int i = 0; i < known.length; i++) {
      if (known[i] > 0 && latency.count() / at[i] >= BEYOND - 0.01) {
        points.add(new Point(at[i], known[i]));
      }
    }
    return points;
  }
}
