package shedlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.chart.Box;
import shedlab.report.chart.Look;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Svg;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.CellResult;
import shedlab.report.text.Prose;

/**
 * A figure at one load on one server: a row per strategy and variant, the figure along the x axis.
 */
final class Ranks {
  private static final double ROW = 21;
  private static final double MARKER = 4;

  private final ChartData data;
  private final Measured figure;
  private final String server;

  Ranks(ChartData data, Measured figure, String server) {
    this.data = data;
    this.figure = figure;
    this.server = server;
  }

  private record Line(String strategy, String variant, String name) {}

  Panel panel() {
    double load = data.summary().loads().isEmpty() ? 0 : data.summary().loads().get(0);
    List<Line> lines = new ArrayList<>();
    for (String strategy : data.summary().strategies()) {
      for (String variant : data.summary().variants()) {
        if (!data.cells(server, strategy, variant, load).isEmpty()) {
          String name = Plot.shortened(data.name(strategy));
          boolean several = data.summary().variants().size() > 1;
          lines.add(
              new Line(strategy, variant, several ? name + " · " + Prose.variant(variant) : name));
        }
      }
    }
    double names =
        lines.stream().mapToDouble(l -> Plot.textWidth(l.name(), 10.5)).max().orElse(60) + 16;
    Box box = Box.rows(data.summary().servers().size(), names, ROW * Math.max(1, lines.size()));
    // The figure is along the bottom: its axis is the plot's x.
    var plot = new Plot(box, figure.axis(), figure.axis());
    if (figure.floor() != null) {
      double x = plot.x(figure.floor().value());
      plot.svg().rect("noise", box.left(), box.top(), x - box.left(), box.bottom() - box.top());
      plot.svg().text("note", box.left() + 4, box.bottom() - 2, figure.floor().name());
    }
    plot.columns("", true);
    if (figure.level() != null) {
      double x = plot.x(figure.level().value());
      plot.svg().line("guide", x, box.top(), x, box.bottom());
      plot.svg().text("note middle", x, box.top() - 5, figure.level().name());
    }
    for (int i = 0; i < lines.size(); i++) {
      line(plot, lines.get(i), load, box.top() + ROW * (i + 0.5));
    }
    return plot.panel(server, figure.what() + " on " + server, data.server(server));
  }

  private void line(Plot plot, Line line, double load, double y) {
    Svg svg = plot.svg();
    Box box = plot.box();
    Look look = data.look(line.strategy());
    svg.open(data.strategy(line.strategy()));
    svg.line("grid", box.left(), y, box.right(), y);
    svg.text("name end", box.left() - 8, y + 3.5, line.name());
    data.summary()
        .row(server, line.strategy(), line.variant(), load)
        .ifPresent(row -> median(plot, row, look, y));
    for (CellResult cell : data.cells(server, line.strategy(), line.variant(), load)) {
      double value =
          cell.judgement().failure() == null ? figure.run().applyAsDouble(cell) : Double.NaN;
      if (Double.isFinite(value) || !cell.valid()) {
        double x = Double.isNaN(value) ? box.left() : plot.x(value);
        String text = Double.isNaN(value) ? "no figures" : figure.words().apply(value);
        RunDots.draw(svg, data, cell, look, x, y, figure.what() + "\t" + text);
      }
    }
    svg.close();
  }

  private void median(Plot plot, Row row, Look look, double y) {
    if (!figure.has(row)) {
      String nothing = row.hasFigures() ? "none" : "no valid run";
      plot.svg().text("note", plot.box().left() + 8, y + 3.5, nothing);
      return;
    }
    double x = plot.x(figure.value().applyAsDouble(row));
    plot.svg()
        .path(
            (figure.firm().test(row) ? "" : "faded ") + look.fill(),
            look.marker().at(x, y, MARKER),
            "",
            server + "\n" + data.name(row.strategy()) + "\t" + figure.said(row));
  }
}
