package shedlab.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Crowd;
import shedlab.report.chart.Look;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Plot.End;
import shedlab.report.chart.Plot.Point;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.CellResult;
import shedlab.report.text.Numbers;

/**
 * A figure over the offered load on one server: a line per strategy through the medians, below all
 * lines a band over the range of the runs, a dot for each run, thin dashes for the simulation, a
 * name at the end of every line. With only one load, {@link Ranks} draws it.
 */
final class OverLoad {
  /** The number of straight pieces by which a curved guide is drawn. */
  private static final int PIECES = 40;

  private static final double MARKER = 3.2;

  private final ChartData data;
  private final Measured figure;
  private final String server;
  private final String variant;
  private final Plot plot;
  private final Crowd crowd;
  private final List<End> ends = new ArrayList<>();

  private OverLoad(ChartData data, Measured figure, String server, String variant) {
    this.data = data;
    this.figure = figure;
    this.server = server;
    this.variant = variant;
    this.crowd = Crowd.of(highestFirst());
    List<String> names =
        data.summary().strategies().stream().filter(crowd::names).map(data::name).toList();
    Box box = Box.beside(data.summary().servers().size(), Plot.nameWidth(names));
    this.plot = new Plot(box, Axis.loads(data.summary().loads()), figure.axis());
  }

  /** The strategies by the mean of their figures. */
  private List<String> highestFirst() {
    return data.summary().strategies().stream()
        .sorted(
            Comparator.comparingDouble(
                (String strategy) ->
                    -data.summary().loads().stream()
                        .flatMap(load -> row(strategy, load).stream())
                        .mapToDouble(figure.value())
                        .filter(Double::isFinite)
                        .average()
                        .orElse(Double.NEGATIVE_INFINITY)))
        .toList();
  }

  /** A panel for each server, on one scale. */
  static List<Panel> panels(ChartData data, Measured figure, String variant) {
    List<Panel> panels = new ArrayList<>();
    for (String server : data.summary().servers()) {
      panels.add(
          data.overLoad()
              ? new OverLoad(data, figure, server, variant).panel()
              : new Ranks(data, figure, server).panel());
    }
    return panels;
  }

  private Panel panel() {
    plot.overload();
    if (figure.floor() != null) {
      plot.floor(figure.floor().value(), figure.floor().name());
    }
    plot.frame("offered load, multiples of capacity");
    for (String strategy : data.summary().strategies()) {
      for (List<Plot.Range> ranges : stretches(strategy)) {
        plot.band(group(strategy), data.look(strategy), ranges);
      }
    }
    figure.guides().apply(server, variant).forEach(this::guide);
    if (figure.level() != null) {
      plot.level("guide", figure.level().value(), figure.level().name());
    }
    data.summary().loads().forEach(this::hit);
    for (String strategy : data.summary().strategies()) {
      plot.svg().open(group(strategy));
      strategy(strategy);
      plot.svg().close();
    }
    plot.names(ends);
    return plot.panel(
        server, figure.what() + " over offered load on " + server, data.server(server));
  }

  /** The attributes of what is drawn of a strategy: grey if it has no name beside the chart. */
  private String group(String strategy) {
    return data.strategy(strategy) + (crowd.names(strategy) ? "" : " class=\"rest\"");
  }

  /** A column of the plot whose tooltip has all figures at its load. */
  private void hit(double load) {
    List<Double> loads = data.summary().loads().stream().sorted().toList();
    int i = loads.indexOf(load);
    double at = plot.x(load);
    double from = i == 0 ? plot.box().left() : (plot.x(loads.get(i - 1)) + at) / 2;
    double to = i == loads.size() - 1 ? plot.box().right() : (plot.x(loads.get(i + 1)) + at) / 2;
    var title = new StringBuilder(server + " at " + Numbers.load(load));
    List<Row> rows = new ArrayList<>();
    data.summary().strategies().forEach(s -> row(s, load).ifPresent(rows::add));
    rows.sort(Comparator.comparingDouble(figure.value()).reversed());
    for (Row row : rows) {
      title.append('\n').append(data.name(row.strategy())).append('\t').append(figure.said(row));
      double simulated = figure.simulated().applyAsDouble(row);
      if (Double.isFinite(simulated)) {
        title.append(", simulated ").append(figure.words().apply(simulated));
      }
    }
    double top = plot.box().top();
    plot.svg()
        .rect(
            "hit",
            from,
            top,
            to - from,
            plot.box().bottom() - top,
            data.load(load),
            title.toString());
  }

  private Optional<Row> row(String strategy, double load) {
    return data.summary().row(server, strategy, variant, load);
  }

  private void guide(Measured.Guide guide) {
    double most = data.summary().loads().stream().mapToDouble(l -> l).max().orElse(1);
    double least = data.summary().loads().stream().mapToDouble(l -> l).min().orElse(1);
    double from = Math.max(guide.from(), least);
    if (from >= most) {
      return;
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= PIECES; i++) {
      double load = from * Math.pow(most / from, (double) i / PIECES);
      points.add(new Point(load, guide.of().applyAsDouble(load)));
    }
    plot.line(guide.css(), corners(points));
    ends.add(new End(guide.name(), null, "", points.get(PIECES)));
  }

  /** Without the points between two of the same height: the line is as straight without them. */
  private static List<Point> corners(List<Point> points) {
    List<Point> corners = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      double y = points.get(i).y();
      boolean edge = i == 0 || i == points.size() - 1;
      if (edge || points.get(i - 1).y() != y || points.get(i + 1).y() != y) {
        corners.add(points.get(i));
      }
    }
    return corners;
  }

  private void strategy(String strategy) {
    Look look = data.look(strategy);
    List<Row> rows = rows(strategy);
    plot.line("thin " + look.stroke(), simulated(rows));
    lines(look, rows);
    for (double load : data.summary().loads()) {
      for (CellResult cell : data.cells(server, strategy, variant, load)) {
        run(cell, look);
      }
    }
    rows.forEach(row -> median(look, row));
    if (!rows.isEmpty() && crowd.names(strategy)) {
      Point last = point(rows.get(rows.size() - 1));
      ends.add(new End(data.name(strategy), look, data.strategy(strategy), last));
    }
  }

  /** Those with the figure, by load. */
  private List<Row> rows(String strategy) {
    List<Row> rows = new ArrayList<>();
    data.summary().loads().forEach(l -> row(strategy, l).filter(figure::has).ifPresent(rows::add));
    return rows;
  }

  /** The ranges of the runs; a load without several of them parts what is on either side. */
  private List<List<Plot.Range>> stretches(String strategy) {
    List<List<Plot.Range>> stretches = new ArrayList<>();
    List<Plot.Range> ranges = new ArrayList<>();
    for (double load : data.summary().loads()) {
      DoubleSummaryStatistics runs =
          row(strategy, load).map(figure::runs).orElseGet(DoubleSummaryStatistics::new);
      if (runs.getCount() > 1) {
        ranges.add(new Plot.Range(load, runs.getMin(), runs.getMax()));
      } else {
        stretches.add(ranges);
        ranges = new ArrayList<>();
      }
    }
    stretches.add(ranges);
    return stretches;
  }

  private List<Point> simulated(List<Row> rows) {
    List<Point> points =
        rows.stream()
            .map(r -> new Point(r.load(), figure.simulated().applyAsDouble(r)))
            .filter(p -> Double.isFinite(p.y()))
            .toList();
    return points.size() > 1 ? points : List.of();
  }

  /** From median to median; faint across a load without figures, and with few samples. */
  private void lines(Look look, List<Row> rows) {
    var firm = new StringBuilder();
    var faint = new StringBuilder();
    List<Double> loads = data.summary().loads();
    for (int i = 1; i < rows.size(); i++) {
      Row from = rows.get(i - 1);
      Row to = rows.get(i);
      boolean gap = loads.stream().anyMatch(l -> l > from.load() && l < to.load());
      boolean sure = !gap && figure.firm().test(from) && figure.firm().test(to);
      (sure ? firm : faint).append(plot.path(List.of(point(from), point(to))));
    }
    plot.svg().path(look.line() + " faded", faint).path(look.line(), firm);
  }

  private Point point(Row row) {
    return new Point(row.load(), figure.value().applyAsDouble(row));
  }

  private void median(Look look, Row row) {
    Point at = point(row);
    String faded = figure.firm().test(row) ? "" : " faded";
    plot.svg().open("class=\"median\" " + data.load(row.load()) + first(row));
    plot.svg().path(look.fill() + faded, look.marker().at(plot.x(at.x()), plot.y(at.y()), MARKER));
    plot.svg().close();
  }

  /** The run that opens when the reader clicks a median. */
  private String first(Row row) {
    return data.cells(row.server(), row.strategy(), row.variant(), row.load()).stream()
        .filter(CellResult::valid)
        .findFirst()
        .map(cell -> " data-c=\"" + data.run().cells().indexOf(cell) + "\"")
        .orElse("");
  }

  private void run(CellResult cell, Look look) {
    double value =
        cell.judgement().failure() == null ? figure.run().applyAsDouble(cell) : Double.NaN;
    // A valid cell without such an answer is not drawn; an invalid one always is.
    if (Double.isFinite(value) || !cell.valid()) {
      double y = Double.isNaN(value) ? plot.box().bottom() : plot.y(value);
      String text = Double.isNaN(value) ? "no figures" : figure.words().apply(value);
      RunDots.draw(
          plot.svg(), data, cell, look, plot.x(cell.load()), y, figure.what() + "\t" + text);
    }
  }
}
