package shedlab.report.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Look;
import shedlab.report.chart.Looks;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.chart.Plot.End;
import shedlab.report.chart.Plot.Point;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/**
 * Figures over the runs: on each server a panel for the goodput and one for the p99, with a line
 * for each of a few strategies, its intervals, and a dashed line where one took a step. Drawn are
 * those that took a step, and the best of the newest run; those without half of the best goodput
 * would only flatten the others. A table has all.
 */
final class TrendChart {
  /** More lines in one panel hide each other's intervals. */
  private static final int LINES = 4;

  /** Of the best goodput. */
  private static final double LEAST_PART = 0.5;

  private static final double HEIGHT = 210;
  private static final double MARKER = 3.2;

  private final History history;
  private final StrategyNames names;
  private final Looks looks;

  TrendChart(History history, StrategyNames names) {
    this.history = history;
    this.names = names;
    this.looks =
        Looks.of(
            history.trends().stream()
                .map(trend -> trend.condition().strategy())
                .distinct()
                .toList());
  }

  static String load(Trend trend) {
    return Numbers.load(trend.condition().load());
  }

  /** The panels of each server. */
  List<List<Panel>> rows() {
    List<List<Panel>> rows = new ArrayList<>();
    for (String server :
        history.trends().stream().map(trend -> trend.condition().server()).distinct().toList()) {
      List<String> drawn = drawn(server);
      List<Panel> panels = new ArrayList<>();
      for (Headlined figure : Headlined.all()) {
        List<Trend> lines =
            drawn.stream().flatMap(strategy -> of(server, figure, strategy).stream()).toList();
        if (!lines.isEmpty()) {
          panels.add(panel(server, figure, lines));
        }
      }
      rows.add(panels);
    }
    return rows;
  }

  /** The plain variant, or the first if a run has none. */
  private List<Trend> of(String server, Headlined figure, String strategy) {
    return history.trends().stream()
        .filter(trend -> trend.figure() == figure)
        .filter(trend -> trend.condition().server().equals(server))
        .filter(trend -> trend.condition().strategy().equals(strategy))
        .sorted(Comparator.comparing(trend -> trend.condition().variant()))
        .limit(1)
        .toList();
  }

  /** Strategies with a step first, then by the goodput of the newest run. */
  private List<String> drawn(String server) {
    List<Trend> all =
        history.trends().stream()
            .filter(trend -> trend.condition().server().equals(server))
            .sorted(
                Comparator.comparing((Trend trend) -> trend.steps().isEmpty())
                    .thenComparing(Trend::figure)
                    .thenComparing(trend -> -trend.newest().value()))
            .toList();
    double best =
        all.stream()
            .filter(trend -> trend.figure() == Headlined.GOODPUT)
            .mapToDouble(trend -> trend.newest().value())
            .max()
            .orElse(0);
    return all.stream()
        .filter(
            trend ->
                !trend.steps().isEmpty()
                    || (trend.figure() == Headlined.GOODPUT
                        && trend.newest().value() >= LEAST_PART * best))
        .map(trend -> trend.condition().strategy())
        .distinct()
        .limit(LINES)
        .toList();
  }

  private Panel panel(String server, Headlined figure, List<Trend> lines) {
    List<String> ends = lines.stream().map(line -> names.of(line.condition().strategy())).toList();
    Plot plot = new Plot(box(ends), time(), scale(figure, lines));
    plot.rows();
    plot.columns("commits, in the order of the runs", false);
    lines.stream()
        .flatMap(line -> line.steps().stream().map(step -> at(line.figures().get(step.at()))))
        .distinct()
        .forEach(x -> step(plot, x));
    List<End> named = new ArrayList<>();
    for (Trend line : lines) {
      named.add(draw(plot, line));
    }
    plot.names(named);
    String title = server + ": " + figure.words();
    return plot.panel(title, title + " over " + history.runs().size() + " runs", "");
  }

  private static Box box(List<String> names) {
    double width = Box.width(3) + 60;
    return new Box(width, HEIGHT, 52, 18, width - Plot.nameWidth(names), HEIGHT - 40);
  }

  private Axis time() {
    List<Axis.Tick> ticks = new ArrayList<>();
    for (int i = 0; i < history.runs().size(); i++) {
      ticks.add(new Axis.Tick(i, history.runs().get(i).commit()));
    }
    return new Axis(-0.4, history.runs().size() - 0.6, 0, 0, false, ticks);
  }

  private static Axis scale(Headlined figure, List<Trend> lines) {
    double least = ends(lines).min().orElse(0);
    double greatest = ends(lines).max().orElse(1);
    return figure.axis(Math.max(0, least), greatest);
  }

  private static DoubleStream ends(List<Trend> lines) {
    return lines.stream()
        .flatMap(line -> line.figures().stream())
        .flatMapToDouble(each -> DoubleStream.of(each.low(), each.high()));
  }

  private double at(RunFigure figure) {
    return history.runs().indexOf(figure.run());
  }

  private static void step(Plot plot, double x) {
    plot.svg().line("phase", plot.x(x), plot.box().top(), plot.x(x), plot.box().bottom());
    plot.svg().text("note middle", plot.x(x), plot.box().top() - 5, "step");
  }

  private End draw(Plot plot, Trend line) {
    String name = names.of(line.condition().strategy());
    Look look = looks.of(line.condition().strategy());
    List<Point> points =
        line.figures().stream().map(each -> new Point(at(each), each.value())).toList();
    plot.line(look.line(), points);
    for (RunFigure each : line.figures()) {
      double x = plot.x(at(each));
      plot.svg().line("range " + look.stroke(), x, plot.y(each.low()), x, plot.y(each.high()));
      plot.svg()
          .path(
              look.fill(),
              look.marker().at(x, plot.y(each.value()), MARKER),
              "",
              name
                  + ", "
                  + load(line)
                  + ", "
                  + each.run().commit()
                  + " ("
                  + each.run().date()
                  + "): "
                  + line.figure().text(each));
    }
    return new End(name, look, "", points.get(points.size() - 1));
  }
}
