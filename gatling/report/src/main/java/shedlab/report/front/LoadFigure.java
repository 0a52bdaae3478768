package shedlab.report.front;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Crowd;
import shedlab.report.chart.Look;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Plot.Point;
import shedlab.report.text.Numbers;

/** Goodput over the offered load, as means over the servers, with the range of the runs. */
final class LoadFigure {
  private static final double WIDTH = 350;
  private static final double HEIGHT = 258;
  private static final double MARKER = 3.4;

  /** The number of straight pieces by which the ideal is drawn below the capacity. */
  private static final int PIECES = 12;

  private final Ranking ranking;

  private LoadFigure(Ranking ranking) {
    this.ranking = ranking;
  }

  static Chart of(Ranking ranking) {
    return new LoadFigure(ranking).chart();
  }

  private Chart chart() {
    List<Standing> all = ranking.standings;
    List<String> order = all.stream().map(Standing::strategy).toList();
    Crowd crowd = Crowd.of(order);
    List<String> named = order.stream().filter(crowd::names).map(ranking.run.names::of).toList();
    double right = WIDTH - Math.max(14, Plot.nameWidth(named));
    double most =
        all.stream()
            .flatMapToDouble(s -> s.goodput().values().stream().mapToDouble(Spread::most))
            .filter(Double::isFinite)
            .reduce(1, Math::max);
    var plot =
        new Plot(
            new Box(WIDTH, HEIGHT, 52, 18, right, HEIGHT - 38),
            Axis.loads(ranking.loads),
            Axis.shares(most));
    plot.overload();
    plot.frame("offered load, logarithmic");
    List<Plot.End> ends = new ArrayList<>();
    all.forEach(standing -> plot.band(group(standing, crowd), look(standing), ranges(standing)));
    ends.add(new Plot.End("ideal", null, "", ideal(plot)));
    for (Standing standing : all) {
      boolean mine = crowd.names(standing.strategy());
      plot.svg().open(group(standing, crowd));
      draw(plot, standing);
      plot.svg().close();
      last(standing)
          .filter(point -> mine)
          .ifPresent(
              point ->
                  ends.add(
                      new Plot.End(
                          ranking.run.names.of(standing.strategy()),
                          look(standing),
                          mark(standing),
                          point)));
    }
    plot.names(ends);
    String title = title();
    return new Chart(
        "answer",
        "Goodput over the offered load",
        List.of(),
        List.of(new Chart.View(Map.of(), "", List.of(plot.panel(title, title, "")))));
  }

  /** The range at the load of comparisons. */
  private String title() {
    double load = ranking.run.verdict.referenceLoad();
    List<Standing> all =
        ranking.ranked().stream()
            .filter(s -> spread(s, load).known())
            .sorted(Comparator.comparingDouble((Standing s) -> spread(s, load).mean()))
            .toList();
    if (all.size() < 2) {
      return "Goodput in % of the capacity";
    }
    return "Goodput at "
        + Numbers.load(load)
        + ", in % of the capacity: "
        + one(all.get(0), load)
        + " to "
        + one(all.get(all.size() - 1), load);
  }

  private String one(Standing standing, double load) {
    return Numbers.wholePercent(spread(standing, load).mean())
        + " ("
        + ranking.run.names.of(standing.strategy())
        + ")";
  }

  private Point ideal(Plot plot) {
    double least = ranking.loads.get(0);
    double most = ranking.loads.get(ranking.loads.size() - 1);
    List<Point> points = new ArrayList<>();
    for (int i = 0; least < 1 && i < PIECES; i++) {
      double load = least * Math.pow(1 / least, (double) i / PIECES);
      points.add(new Point(load, load));
    }
    points.add(new Point(Math.max(1, least), 1));
    points.add(new Point(most, 1));
    plot.line("guide", points);
    return new Point(most, 1);
  }

  private void draw(Plot plot, Standing standing) {
    Look look = look(standing);
    List<Point> means = new ArrayList<>();
    for (double load : known(standing)) {
      means.add(new Point(load, spread(standing, load).mean()));
    }
    plot.line(look.line(), means);
    for (Point point : means) {
      plot.svg()
          .path(
              look.fill(),
              look.marker().at(plot.x(point.x()), plot.y(point.y()), MARKER),
              "",
              said(standing, point.x()));
    }
  }

  private List<Plot.Range> ranges(Standing standing) {
    List<Plot.Range> ranges = new ArrayList<>();
    for (double load : known(standing)) {
      Spread spread = spread(standing, load);
      ranges.add(new Plot.Range(load, spread.least(), spread.most()));
    }
    return ranges;
  }

  /** The loads with a figure. */
  private List<Double> known(Standing standing) {
    return ranking.loads.stream().filter(load -> spread(standing, load).known()).toList();
  }

  private String said(Standing standing, double load) {
    Spread spread = spread(standing, load);
    return "at "
        + Numbers.load(load)
        + "\n"
        + ranking.run.names.of(standing.strategy())
        + "\t"
        + Numbers.percent(spread.mean())
        + " ("
        + spread.range(Numbers::percent)
        + ")";
  }

  private Spread spread(Standing standing, double load) {
    return standing.goodput().getOrDefault(load, Spread.of(List.of()));
  }

  private Optional<Point> last(Standing standing) {
    return known(standing).stream()
        .max(Comparator.naturalOrder())
        .map(load -> new Point(load, spread(standing, load).mean()));
  }

  private Look look(Standing standing) {
    return ranking.run.data.looks().of(standing.strategy());
  }

  /** The attributes of what is drawn of a strategy: grey if it has no name beside the chart. */
  private String group(Standing standing, Crowd crowd) {
    return mark(standing) + (crowd.names(standing.strategy()) ? "" : " class=\"rest\"");
  }

  private String mark(Standing standing) {
    return "data-p=\"" + ranking.run.summary.strategies().indexOf(standing.strategy()) + "\"";
  }
}
