package shedlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import shedlab.report.LoadPanel.Guide;
import shedlab.report.LoadPanel.Line;
import shedlab.report.LoadPanel.Point;
import shedlab.report.LoadPanel.Run;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;

/**
 * The charts over the offered load in one variant, one panel per server, all panels of a chart on
 * one scale.
 */
final class LoadCharts {
  /** Straight pieces of a guide that is a curve. */
  private static final int PIECES = 40;

  private final Summary summary;
  private final List<CellResult> cells;
  private final StrategyNames names;
  private final Map<String, Look> looks;
  private final double deadlineMicros;
  private final Refusals refusals;

  LoadCharts(
      Summary summary,
      List<CellResult> cells,
      StrategyNames names,
      long deadlineMillis,
      Refusals refusals) {
    this.summary = summary;
    this.refusals = refusals;
    this.cells = cells;
    this.names = names;
    this.looks = Look.of(summary.strategies());
    this.deadlineMicros = deadlineMillis * 1_000.0;
  }

  /**
   * Goodput as a share of the capacity, against what a clairvoyant strategy would reach; charts of
   * further variants below that of the first.
   */
  static Figure goodput(List<LoadCharts> variants) {
    LoadCharts first = variants.get(0);
    double greatest =
        variants.stream()
            .flatMap(charts -> charts.cells.stream())
            .mapToDouble(LoadCharts::share)
            .filter(Double::isFinite)
            .reduce(1, Math::max);
    List<Figure.Row> rows = new ArrayList<>();
    for (LoadCharts charts : variants) {
      String variant = PageData.variantName(charts.summary.variants().get(0));
      rows.add(
          new Figure.Row(
              variants.size() == 1 ? "" : variant, charts.goodput(Axis.shares(greatest))));
    }
    return new Figure(
        "goodput", "Goodput as a share of capacity against offered load", first.legend(), rows, "");
  }

  private List<Figure.Panel> goodput(Axis y) {
    double most = summary.loads().stream().mapToDouble(l -> l).max().orElse(1);
    var ideal =
        new Guide(
            "ideal",
            new Point(0.27, 0.27, true),
            true,
            List.of(
                new Point(0, 0, true),
                new Point(1, 1, true),
                new Point(Math.max(1, most), 1, true)));
    List<Figure.Panel> panels = new ArrayList<>();
    for (String server : summary.servers()) {
      List<Line> lines = new ArrayList<>();
      for (String strategy : summary.strategies()) {
        List<Point> points =
            summary.rows().stream()
                .filter(r -> r.server().equals(server) && r.strategy().equals(strategy))
                .filter(r -> Double.isFinite(r.get(Metric.GOODPUT_SHARE)))
                .map(r -> new Point(r.load(), r.get(Metric.GOODPUT_SHARE), true))
                .toList();
        lines.add(line(strategy, points, runs(server, strategy, LoadCharts::share)));
      }
      List<Guide> guides = new ArrayList<>(List.of(ideal));
      refusals.of(server, summary.variants().get(0)).ifPresent(p -> guides.add(ceiling(p, most)));
      panels.add(LoadPanel.of(server, summary.loads(), y, guides, lines));
    }
    return panels;
  }

  /** What refusals leave of the capacity. */
  private static Guide ceiling(Refusals.Price price, double most) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= PIECES; i++) {
      double load = 1 + (most - 1) * i / PIECES;
      points.add(new Point(load, price.ceiling(load), true));
    }
    return new Guide("ceiling", points.get(PIECES / 2), true, points);
  }

  /** Response times of 200s, with the deadline. */
  Figure admitted() {
    return latency(
        "latency-admitted",
        "Response time of admitted requests against offered load",
        Summary.Row::admitted,
        c -> c.clientSide().admittedLatency(),
        level("deadline", deadlineMicros));
  }

  /** Response times of 429s. A millisecond is the guide: saying no must cost next to nothing. */
  Figure shed() {
    return latency(
        "latency-shed",
        "Response time of shed requests against offered load",
        Summary.Row::shed,
        c -> c.clientSide().shedLatency(),
        level("1 ms", 1_000));
  }

  /** A guide across the panel. */
  private static Guide level(String name, double y) {
    var start = new Point(0, y, true);
    return new Guide(name, start, false, List.of(start, new Point(Double.MAX_VALUE, y, true)));
  }

  private Figure latency(
      String name,
      String alt,
      Function<Summary.Row, Latency> ofRow,
      Function<CellResult, Latency> ofCell,
      Guide guide) {
    Axis y = scale(ofRow, ofCell, guide);
    return new Figure(
        name,
        alt,
        legend(),
        List.of(
            latencyRow("Median (p50)", Latency::p50, l -> true, ofRow, ofCell, guide, y),
            latencyRow(
                "99th percentile (p99); faded where a run has fewer than 1000 samples",
                Latency::p99,
                Latency::supportsP99,
                ofRow,
                ofCell,
                guide,
                y)),
        "");
  }

  private Figure.Row latencyRow(
      String heading,
      ToLongFunction<Latency> of,
      Function<Latency, Boolean> firm,
      Function<Summary.Row, Latency> ofRow,
      Function<CellResult, Latency> ofCell,
      Guide guide,
      Axis y) {
    List<Figure.Panel> panels = new ArrayList<>();
    for (String server : summary.servers()) {
      List<Line> lines = new ArrayList<>();
      for (String strategy : summary.strategies()) {
        List<Point> points =
            summary.rows().stream()
                .filter(r -> r.server().equals(server) && r.strategy().equals(strategy))
                .filter(r -> of.applyAsLong(ofRow.apply(r)) > 0)
                .map(
                    r -> {
                      Latency latency = ofRow.apply(r);
                      return new Point(r.load(), of.applyAsLong(latency), firm.apply(latency));
                    })
                .toList();
        List<Run> runs =
            runs(
                server,
                strategy,
                c -> {
                  long micros = of.applyAsLong(ofCell.apply(c));
                  return micros == 0 ? Double.NaN : micros;
                });
        lines.add(line(strategy, points, runs));
      }
      panels.add(LoadPanel.of(server, summary.loads(), y, List.of(guide), lines));
    }
    return new Figure.Row(heading, panels);
  }

  private Axis scale(
      Function<Summary.Row, Latency> ofRow, Function<CellResult, Latency> ofCell, Guide guide) {
    double reference = guide.points().get(0).y();
    double least = reference;
    double greatest = reference;
    List<Latency> all = new ArrayList<>(summary.rows().stream().map(ofRow).toList());
    cells.stream().map(ofCell).forEach(all::add);
    for (Latency latency : all) {
      if (latency.p50() > 0) {
        least = Math.min(least, (double) latency.p50());
        greatest = Math.max(greatest, (double) latency.p99());
      }
    }
    return Axis.micros(least, greatest * 1.1);
  }

  private Line line(String strategy, List<Point> points, List<Run> runs) {
    return new Line(names.of(strategy), look(strategy), points, runs);
  }

  private List<Run> runs(String server, String strategy, Function<CellResult, Double> of) {
    List<Run> runs = new ArrayList<>();
    for (CellResult cell : cells) {
      double value = cell.judgement().failure() == null ? of.apply(cell) : Double.NaN;
      boolean mine = cell.server().equals(server) && cell.strategy().equals(strategy);
      // A valid cell without such an answer has nothing to show; an invalid one is always shown.
      if (mine && (!cell.valid() || Double.isFinite(value))) {
        runs.add(
            new Run(
                cell.load(),
                value,
                cell.valid(),
                cell.key().id() + (cell.valid() ? "" : " (invalid)")));
      }
    }
    return runs;
  }

  private List<Figure.Key> legend() {
    List<Figure.Key> keys = new ArrayList<>();
    for (String strategy : summary.strategies()) {
      keys.add(new Figure.Key(look(strategy).swatch(), strategy));
    }
    if (cells.stream().anyMatch(c -> !c.valid())) {
      keys.add(
          new Figure.Key(
              new Svg().dot("hollow s0", 12, 6, 4.6, "invalid").toString(),
              "hollow: an invalid cell, in no median"));
    }
    return keys;
  }

  private Look look(String strategy) {
    Look look = looks.get(strategy);
    if (look == null) {
      throw new IllegalArgumentException("strategy: " + strategy + " (expected: one of the run)");
    }
    return look;
  }

  private static double share(CellResult cell) {
    return cell.judgement().failure() == null && cell.capacityPerSecond() > 0
        ? cell.clientSide().goodputPerSecond() / cell.capacityPerSecond()
        : Double.NaN;
  }
}
