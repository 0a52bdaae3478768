package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Axis.Tick;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Look;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Svg;
import shedlab.report.league.Contender.Kind;
import shedlab.report.league.Standings.Row;

/** Worst and mean regret of every contender, tuned beside default, the best first. */
final class RankChart {
  private static final double ROW = 16;
  private static final List<Tick> TICKS =
      List.of(
          new Tick(0, "0"),
          new Tick(20, "20"),
          new Tick(40, "40"),
          new Tick(60, "60"),
          new Tick(80, "80"),
          new Tick(100, "100"));

  private RankChart() {}

  static Chart of(LeagueData data) {
    List<Panel> panels = new ArrayList<>();
    for (Kind kind : List.of(Kind.TUNED, Kind.DEFAULT)) {
      List<Row> rows = data.ranked(kind);
      if (!rows.isEmpty()) {
        panels.add(panel(kind, rows));
      }
    }
    Look look = TradeOff.look(Kind.TUNED);
    return new Chart(
        "league",
        "Worst and mean regret of every strategy, tuned and default",
        List.of(
            new Chart.Key(
                new Svg()
                    .path("hollow " + look.stroke(), look.marker().at(12, 6, MARKER))
                    .toString(),
                "mean regret"),
            new Chart.Key(
                new Svg().path(look.fill(), look.marker().at(12, 6, MARKER)).toString(),
                "worst regret, in points of the capacity")),
        List.of(new Chart.View(Map.of(), "", panels)));
  }

  private static final double MARKER = 3.6;

  private static Panel panel(Kind kind, List<Row> rows) {
    double names = Plot.widest(rows.stream().map(row -> row.contender().name()).toList()) + 14;
    Axis points = new Axis(0, 102, 0, 0, false, TICKS);
    var plot = new Plot(Box.rows(2, names, ROW * rows.size()), points, points);
    plot.columns("", true);
    Look look = TradeOff.look(kind);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double y = plot.box().top() + ROW * (i + 0.5);
      double mean = plot.x(row.mean().points());
      double worst = plot.x(row.worst().points());
      plot.svg()
          .text("name end", plot.box().left() - 8, y + 3.5, Plot.shortened(row.contender().name()));
      plot.svg().line("grid", mean, y, worst, y);
      plot.svg()
          .path("hollow " + look.stroke(), look.marker().at(mean, y, MARKER))
          .path(
              look.fill(),
              look.marker().at(worst, y, MARKER),
              "",
              row.contender().name()
                  + ": worst "
                  + Points.text(row.worst().points())
                  + " in "
                  + row.worstSituation()
                  + ", mean "
                  + Points.text(row.mean().points()));
    }
    return plot.panel(
        kind == Kind.TUNED ? "settings from cores and deadline" : "default settings",
        "Regret of " + kind.word() + " strategies",
        "");
  }
}
