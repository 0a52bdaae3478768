package shedlab.report.front;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Crowd;
import shedlab.report.chart.Look;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Plot.Point;
import shedlab.report.text.Numbers;

/**
 * What is paid below the capacity for what is kept beyond it: false sheds against the least goodput
 * at any overload, both with the range of the runs.
 */
final class CostFigure {
  private static final double WIDTH = 350;
  private static final double HEIGHT = 258;
  private static final double MARKER = 4.4;

  /** The end of the axis if nobody sheds more below the capacity. */
  private static final double LEAST_END = 0.04;

  private final Ranking ranking;
  private final List<Standing> dots;

  private CostFigure(Ranking ranking) {
    this.ranking = ranking;
    this.dots =
        ranking.standings.stream().filter(s -> s.falseSheds().known() && kept(s).known()).toList();
  }

  /** Without a view if the run has no load below the capacity. */
  static Chart of(Ranking ranking) {
    var figure = new CostFigure(ranking);
    return new Chart(
        "trade-off",
        "Goodput kept under overload against false sheds below the capacity",
        List.of(),
        figure.dots.size() < 2 ? List.of() : List.of(figure.view()));
  }

  /** Goodput at the overload at which it is least. */
  private Spread kept(Standing standing) {
    return ranking.loads.stream()
        .filter(load -> load > 1)
        .map(load -> standing.goodput().getOrDefault(load, Spread.of(List.of())))
        .filter(Spread::known)
        .min(Comparator.comparingDouble(Spread::mean))
        .orElse(Spread.of(List.of()));
  }

  private Chart.View view() {
    Crowd crowd = Crowd.of(dots.stream().map(Standing::strategy).toList());
    List<String> named =
        dots.stream()
            .map(Standing::strategy)
            .filter(crowd::names)
            .map(ranking.run.names::of)
            .toList();
    double right = WIDTH - Math.max(14, Plot.nameWidth(named));
    double sheds =
        dots.stream().mapToDouble(s -> s.falseSheds().most()).reduce(LEAST_END, Math::max);
    double most = dots.stream().mapToDouble(s -> kept(s).most()).reduce(1, Math::max);
    var plot =
        new Plot(
            new Box(WIDTH, HEIGHT, 52, 18, right, HEIGHT - 38),
            Axis.percents(sheds * 1.04),
            Axis.shares(most));
    double below = ranking.below().orElse(Double.NaN);
    plot.frame("false sheds at " + Numbers.load(below) + ", share of the requests");
    List<Plot.End> ends = new ArrayList<>();
    for (Standing standing : dots) {
      Look look = ranking.run.data.looks().of(standing.strategy());
      boolean mine = crowd.names(standing.strategy());
      String mark =
          "data-p=\"" + ranking.run.summary.strategies().indexOf(standing.strategy()) + "\"";
      plot.svg().open(mark + (mine ? "" : " class=\"rest\""));
      dot(plot, standing, look);
      plot.svg().close();
      if (mine) {
        Point at = new Point(standing.falseSheds().mean(), kept(standing).mean());
        ends.add(new Plot.End(ranking.run.names.of(standing.strategy()), look, mark, at));
      }
    }
    plot.names(ends);
    String title = title(below);
    return new Chart.View(Map.of(), "", List.of(plot.panel(title, title, "")));
  }

  private void dot(Plot plot, Standing standing, Look look) {
    Spread sheds = standing.falseSheds();
    Spread kept = kept(standing);
    double x = plot.x(sheds.mean());
    double y = plot.y(kept.mean());
    plot.svg()
        .line("range " + look.stroke(), plot.x(sheds.least()), y, plot.x(sheds.most()), y)
        .line("range " + look.stroke(), x, plot.y(kept.least()), x, plot.y(kept.most()))
        .path(
            look.fill(),
            look.marker().at(x, y, MARKER),
            "",
            ranking.run.names.of(standing.strategy())
                + "\nfalse sheds\t"
                + Numbers.percent(sheds.mean())
                + " ("
                + sheds.range(Numbers::percent)
                + ")\nleast goodput\t"
                + Numbers.percent(kept.mean())
                + " ("
                + kept.range(Numbers::percent)
                + ")");
  }

  private String title(double below) {
    List<Standing> bySheds =
        dots.stream()
            .sorted(Comparator.comparingDouble((Standing s) -> s.falseSheds().mean()))
            .toList();
    return "Least goodput beyond 1x against false sheds at "
        + Numbers.load(below)
        + ": "
        + one(bySheds.get(0))
        + " to "
        + one(bySheds.get(bySheds.size() - 1));
  }

  private String one(Standing standing) {
    return Numbers.percent(standing.falseSheds().mean())
        + " ("
        + ranking.run.names.of(standing.strategy())
        + ")";
  }
}
