package shedlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Look;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.metric.Metric;
import shedlab.report.result.CellResult;
import shedlab.report.text.Numbers;

/** Goodput of every run in the order in which it was measured, at one load. */
public final class RunOrder {
  private final ChartData data;
  private final Axis goodput;

  private RunOrder(ChartData data) {
    this.data = data;
    this.goodput =
        Axis.shares(
            data.run().cells().stream()
                .mapToDouble(ChartData::share)
                .filter(Double::isFinite)
                .reduce(1, Math::max));
  }

  public static Chart of(ChartData data) {
    var chart = new RunOrder(data);
    List<Chart.View> views = new ArrayList<>();
    for (String variant : data.summary().variants()) {
      for (double load : data.summary().loads()) {
        List<Panel> panels = new ArrayList<>();
        for (String server : data.summary().servers()) {
          chart.panel(panels, server, variant, load);
        }
        views.add(new Chart.View(data.choice(variant, load), data.heading(variant), panels));
      }
    }
    return new Chart("repeats", "Goodput of every run in order of measurement", List.of(), views);
  }

  /** The order of a cell; runs of early formats only have the order of the lines. */
  private int order(CellResult cell) {
    return cell.key().order() > 0 ? cell.key().order() : data.run().cells().indexOf(cell) + 1;
  }

  private void panel(List<Panel> panels, String server, String variant, double load) {
    List<CellResult> mine =
        data.summary().strategies().stream()
            .flatMap(s -> data.cells(server, s, variant, load).stream())
            .toList();
    if (mine.isEmpty()) {
      return;
    }
    int first = mine.stream().mapToInt(this::order).min().orElse(1);
    int last = mine.stream().mapToInt(this::order).max().orElse(1);
    Box box = Box.beside(data.summary().servers().size(), Plot.nameWidth(data.strategyNames()));
    var plot = new Plot(box, Axis.positions(first, last), goodput);
    plot.frame("order of measurement");
    List<Plot.End> ends = new ArrayList<>();
    for (String strategy : data.summary().strategies()) {
      Look look = data.look(strategy);
      plot.svg().open(data.strategy(strategy));
      data.summary()
          .row(server, strategy, variant, load)
          .filter(row -> Double.isFinite(row.get(Metric.GOODPUT_SHARE)))
          .ifPresent(
              row -> {
                double y = plot.y(row.get(Metric.GOODPUT_SHARE));
                plot.svg().line(look.line() + " faded", box.left(), y, box.right(), y);
                ends.add(
                    new Plot.End(
                        data.name(strategy),
                        look,
                        data.strategy(strategy),
                        new Plot.Point(last, row.get(Metric.GOODPUT_SHARE))));
              });
      for (CellResult cell : data.cells(server, strategy, variant, load)) {
        dot(plot, cell, look);
      }
      plot.svg().close();
    }
    plot.names(ends);
    String at = server + " at " + Numbers.load(load);
    panels.add(plot.panel(at, "Goodput of every run on " + at, data.server(server)));
  }

  private void dot(Plot plot, CellResult cell, Look look) {
    double share = ChartData.share(cell);
    double x = plot.x(order(cell));
    double y = Double.isFinite(share) ? plot.y(share) : plot.box().bottom();
    String figure = "goodput\t" + (Double.isFinite(share) ? Numbers.percent(share) : "none");
    if (cell.valid()) {
      String title = RunDots.title(data, cell, figure);
      plot.svg().path(look.fill(), look.marker().at(x, y, 3.4), data.run(cell), title);
    } else {
      RunDots.draw(plot.svg(), data, cell, look, x, y, figure);
    }
  }
}
