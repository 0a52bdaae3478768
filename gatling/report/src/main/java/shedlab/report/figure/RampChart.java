package shedlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Plot.Point;
import shedlab.report.finding.Ramp;
import shedlab.report.finding.RampWords;

/** Goodput over a load that rises and falls again: a panel per strategy, a line for each way. */
public final class RampChart {
  private static final Box BOX = new Box(378, 172, 48, 8, 332, 134);

  private RampChart() {}

  /** The chart; empty if there is no ramp. */
  public static Chart of(ChartData data, Ramp ramp, RampWords words) {
    List<Panel> panels = new ArrayList<>();
    for (Ramp.Ways ways : ramp.ways()) {
      panels.add(panel(data, ways, words.name(ways).replace("`", "")));
    }
    return new Chart(
        "ramp",
        "Goodput at the same loads on the way up and on the way down",
        List.of(),
        List.of(new Chart.View(Map.of(), "", panels)));
  }

  private static Panel panel(ChartData data, Ramp.Ways ways, String title) {
    List<Double> loads = ways.loads().stream().map(Ramp.At::load).toList();
    double most =
        ways.loads().stream().mapToDouble(at -> Math.max(at.up(), at.down())).max().orElse(1);
    var plot = new Plot(BOX, Axis.loads(loads), Axis.shares(most));
    plot.overload().frame("offered load");
    String stroke = data.look(ways.of().strategy()).stroke();
    plot.line("guide", points(ways, at -> Math.min(1, at.load())));
    plot.line("line " + stroke + " d0", points(ways, Ramp.At::up));
    plot.line("line " + stroke + " d1", points(ways, Ramp.At::down));
    Ramp.At last = ways.loads().get(ways.loads().size() - 1);
    plot.labels(List.of("up", "down"), List.of(plot.y(last.up()), plot.y(last.down())));
    String marks = data.server(ways.of().server()) + " " + data.strategy(ways.of().strategy());
    return plot.panel(title, "Goodput over the load, up and down: " + title, marks);
  }

  private static List<Point> points(Ramp.Ways ways, ToDoubleFunction<Ramp.At> share) {
    return ways.loads().stream().map(at -> new Point(at.load(), share.applyAsDouble(at))).toList();
  }
}
