package shedlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Look;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Svg;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.text.Numbers;

/**
 * Measured shed share against the one that queueing theory predicts: on the diagonal, experiment
 * and theory agree.
 */
public final class PredictionChart {
  private static final Box BOX = new Box(378, 306, 52, 10, 310, 268);

  private PredictionChart() {}

  /** Rows that have a prediction. */
  public static List<Row> predicted(Summary summary) {
    return summary.rows().stream()
        .filter(r -> Double.isFinite(r.get(Metric.PREDICTED_SHED_SHARE)))
        .toList();
  }

  /** The chart of the first variant. */
  public static Chart of(ChartData data) {
    String variant = data.summary().variants().get(0);
    List<Row> rows =
        predicted(data.summary()).stream().filter(r -> r.variant().equals(variant)).toList();
    List<Chart.Key> keys = new ArrayList<>();
    for (String strategy : data.summary().strategies()) {
      if (rows.stream().anyMatch(r -> r.strategy().equals(strategy))) {
        Look look = data.look(strategy);
        String swatch = new Svg().path(look.fill(), look.marker().at(12, 6, 4)).toString();
        keys.add(new Chart.Key(swatch, strategy));
      }
    }
    List<Panel> panels = new ArrayList<>();
    for (String server : data.summary().servers()) {
      List<Row> mine = rows.stream().filter(r -> r.server().equals(server)).toList();
      if (!mine.isEmpty()) {
        panels.add(panel(data, server, mine));
      }
    }
    return new Chart(
        "prediction",
        "Measured shed share against the predicted one",
        keys,
        List.of(new Chart.View(java.util.Map.of(), "", panels)));
  }

  private static Panel panel(ChartData data, String server, List<Row> rows) {
    var plot = new Plot(BOX, Axis.shares(1), Axis.shares(1));
    plot.rows().columns("predicted shed share", true);
    Svg svg = plot.svg();
    svg.text("note", BOX.left() + 5, BOX.top() + 11, "measured shed share");
    svg.line("guide", plot.x(0), plot.y(0), plot.x(1), plot.y(1));
    svg.text("note", plot.x(1) + 4, plot.y(1) + 3.5, "agreement");
    for (Row row : rows) {
      Look look = data.look(row.strategy());
      double x = plot.x(row.get(Metric.PREDICTED_SHED_SHARE));
      double y = plot.y(row.get(Metric.SHED_SHARE));
      svg.open(data.strategy(row.strategy()));
      svg.path(
          "point " + look.fill(),
          look.marker().at(x, y, 4),
          data.load(row.load()),
          data.name(row.strategy())
              + " at "
              + Numbers.load(row.load())
              + "\npredicted\t"
              + Numbers.percent(row.get(Metric.PREDICTED_SHED_SHARE))
              + "\nmeasured\t"
              + Numbers.percent(row.get(Metric.SHED_SHARE)));
      svg.close();
    }
    return plot.panel(
        server, "Predicted and measured shed shares on " + server, data.server(server));
  }
}
