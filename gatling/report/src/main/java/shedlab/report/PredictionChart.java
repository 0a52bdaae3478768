package shedlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;

/**
 * Measured shed share against the one that queueing theory predicts: on the diagonal, experiment
 * and theory agree.
 */
final class PredictionChart {
  private static final double WIDTH = 390;
  private static final double HEIGHT = 330;
  private static final double LEFT = 48;
  private static final double RIGHT = WIDTH - 70;
  private static final double TOP = 30;
  private static final double BOTTOM = HEIGHT - 38;

  private PredictionChart() {}

  /** Rows that a prediction exists for. */
  static List<Summary.Row> predicted(Summary summary) {
    return summary.rows().stream()
        .filter(r -> Double.isFinite(r.get(Metric.PREDICTED_SHED_SHARE)))
        .toList();
  }

  static Figure of(Summary summary) {
    List<Summary.Row> rows = predicted(summary);
    Map<String, Look> looks = Look.of(summary.strategies());
    List<Figure.Key> keys = new ArrayList<>();
    looks.forEach(
        (strategy, look) -> {
          if (rows.stream().anyMatch(r -> r.strategy().equals(strategy))) {
            String swatch = new Svg().path(look.fill(), look.marker().at(12, 6, 4)).toString();
            keys.add(new Figure.Key(swatch, strategy));
          }
        });
    List<Figure.Panel> panels = new ArrayList<>();
    for (String server : summary.servers()) {
      List<Summary.Row> mine = rows.stream().filter(r -> r.server().equals(server)).toList();
      if (!mine.isEmpty()) {
        panels.add(panel(server, mine, looks));
      }
    }
    return new Figure(
        "prediction",
        "Measured shed share against the predicted one",
        keys,
        List.of(new Figure.Row("", panels)),
        "");
  }

  private static Figure.Panel panel(
      String server, List<Summary.Row> rows, Map<String, Look> looks) {
    Axis unit = Axis.shares(1);
    Axis x = unit.along(LEFT, RIGHT);
    Axis y = unit.along(BOTTOM, TOP);
    var svg = new Svg().text("title", LEFT, 18, server);
    for (Axis.Tick tick : unit.ticks()) {
      svg.line("grid", LEFT, y.at(tick.value()), RIGHT, y.at(tick.value()));
      svg.line("grid", x.at(tick.value()), TOP, x.at(tick.value()), BOTTOM);
      svg.text("tick end", LEFT - 6, y.at(tick.value()) + 3.5, tick.label());
      svg.text("tick middle", x.at(tick.value()), BOTTOM + 16, tick.label());
    }
    svg.text("note middle", (LEFT + RIGHT) / 2, BOTTOM + 31, "predicted shed share");
    svg.text("note", LEFT + 5, TOP + 11, "measured shed share");
    svg.line("guide", x.at(0), y.at(0), x.at(1), y.at(1));
    svg.text("note", x.at(1) + 4, y.at(1) + 3.5, "agreement");
    for (Summary.Row row : rows) {
      Look look = looks.get(row.strategy());
      if (look != null) {
        double px = x.at(row.get(Metric.PREDICTED_SHED_SHARE));
        double py = y.at(row.get(Metric.SHED_SHARE));
        svg.path("point " + look.fill(), look.marker().at(px, py, 4));
      }
    }
    return new Figure.Panel(server, WIDTH, HEIGHT, svg.toString());
  }
}
