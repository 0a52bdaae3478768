package shedlab.report.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import shedlab.report.chart.Theme;
import shedlab.report.figure.PredictionChart;
import shedlab.report.figure.SimulatedCurves;
import shedlab.report.finding.FloorWords;
import shedlab.report.finding.Refusals;
import shedlab.report.finding.Runs;
import shedlab.report.finding.Verdict;
import shedlab.report.metric.Column;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.metric.View;
import shedlab.report.result.CellResult;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Latency;
import shedlab.report.table.Table.Cell;
import shedlab.report.text.Numbers;
import shedlab.report.text.StrategyNames;

/** The tables of figures. Each shows only rows of the summary. */
public final class Tables {
  /** Marks a figure that must not be quoted. */
  public static final String FEW = "*";

  private final Summary summary;
  private final StrategyNames names;
  private final Places places;
  private final Verdict verdict;
  private final List<CellResult> cells;
  private final Refusals refusals;
  private final FloorWords floor;

  public Tables(
      Summary summary,
      List<CellResult> cells,
      StrategyNames names,
      Verdict verdict,
      Refusals refusals,
      FloorWords floor) {
    this.floor = floor;
    this.summary = summary;
    this.cells = cells;
    this.refusals = refusals;
    this.names = names;
    this.places = new Places(summary, names);
    this.verdict = verdict;
  }

  /** Strategy by server: goodput at the reference load; a dot marks those that may be the best. */
  public Table matrix() {
    double load = verdict.referenceLoad();
    List<String> columns = new ArrayList<>(List.of("strategy"));
    columns.addAll(summary.servers());
    List<List<Cell>> rows = new ArrayList<>();
    for (String strategy : summary.strategies()) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of(names.code(strategy))));
      for (String server : summary.servers()) {
        row.add(
            summary
                .row(server, strategy, load)
                .map(r -> score(r, verdict.top(server, load).contains(r)))
                .orElse(Cell.of(places.missing(server, strategy), "weak")));
      }
      rows.add(row);
    }
    return new Table(columns, 1, rows);
  }

  /** Goodput as a share of the capacity, with the ceiling if the cost of refusals is known. */
  public Table goodput() {
    return places.byLoad(
        r ->
            Cell.of(
                Numbers.percent(r.get(Metric.GOODPUT_SHARE))
                    + refusals
                        .ceiling(r)
                        .map(ceiling -> " (of " + Numbers.percent(ceiling) + ")")
                        .orElse("")));
  }

  /** CPU time of a 429 in µs, and of the 200s with which it is compared. */
  public Table prices() {
    return places.byLoad(
        r -> {
          boolean yes = refusals.yardstick(r.variant());
          double micros = yes ? r.get(Metric.CPU_PER_GOOD) : r.get(Metric.CPU_PER_SHED);
          String text = Numbers.fixed(micros, 0);
          return Cell.of(yes ? "200: " + text : text, Double.isNaN(micros) ? "weak" : "");
        },
        found ->
            found.stream()
                .anyMatch(r -> refusals.yardstick(r.variant()) || r.get(Metric.CPU_PER_SHED) > 0));
  }

  /** Median and 99th percentile in milliseconds of 200s. */
  public Table admitted() {
    return places.byLoad(r -> times(r.admitted()));
  }

  /** Median and 99th percentile in milliseconds of 429s. */
  public Table shed() {
    return places.byLoad(r -> times(r.shed()));
  }

  /** Outcomes as shares of all requests. */
  public Table outcomes() {
    return of(View.OUTCOMES, summary.rows());
  }

  /** Predicted and measured shed shares. */
  public Table prediction() {
    return places.byRow(
        List.of("predicted shed", "measured shed", "difference"),
        r ->
            List.of(
                Cell.of(Numbers.percent(r.get(Metric.PREDICTED_SHED_SHARE))),
                Cell.of(Numbers.percent(r.get(Metric.SHED_SHARE))),
                Cell.of(
                    Numbers.points(r.get(Metric.SHED_SHARE) - r.get(Metric.PREDICTED_SHED_SHARE)))),
        PredictionChart.predicted(summary));
  }

  /** What the server was doing. */
  public Table inside() {
    return of(View.INSIDE, summary.rows());
  }

  /** How the strategies followed a change of load; empty for plateaus. */
  public Table dynamics() {
    List<String> all =
        List.of("goodput", "runs", "settled", "settle s", "overshoot ms", "recovery s");
    List<String> columns = verdict.changesForGood() ? all.subList(0, 5) : all;
    return places.byRow(
        columns,
        r -> {
          List<Dynamics> runs =
              Runs.valid(r, cells).stream()
                  .flatMap(c -> Stream.ofNullable(c.clientSide().dynamics()))
                  .toList();
          long settled = runs.stream().filter(d -> d.settleSeconds() != null).count();
          return Stream.of(
                  Cell.of(Numbers.percent(r.get(Metric.GOODPUT_SHARE))),
                  Cell.of(Integer.toString(runs.size())),
                  Cell.of(settled + " of " + runs.size()),
                  DynamicsCell.of(runs.stream().map(Dynamics::settleSeconds)),
                  DynamicsCell.of(runs.stream().map(Dynamics::overshootMillis)),
                  DynamicsCell.of(runs.stream().map(Dynamics::recoverySeconds)))
              .limit(columns.size())
              .toList();
        },
        summary.rows().stream()
            .filter(
                r -> Runs.valid(r, cells).stream().anyMatch(c -> c.clientSide().dynamics() != null))
            .toList());
  }

  /** CPU time by what it was spent for. */
  public Table costs() {
    return of(View.COSTS, withFigures());
  }

  /** Measured minus simulated. */
  public Table simulated(List<SimulatedCurves.Point> points) {
    Map<Row, SimulatedCurves.Point> of = new LinkedHashMap<>();
    points.forEach(p -> of.put(p.row(), p));
    return places.byRow(
        List.of(
            "goodput, measured",
            "simulated",
            "difference",
            "shed, measured",
            "simulated",
            "difference"),
        r -> {
          SimulatedCurves.Point point = of.get(r);
          double good = point == null ? Double.NaN : point.goodputShare();
          double shed = point == null ? Double.NaN : point.shedShare();
          return List.of(
              Cell.of(Numbers.percent(r.get(Metric.GOODPUT_SHARE))),
              Cell.of(Numbers.percent(good)),
              Cell.of(Numbers.points(r.get(Metric.GOODPUT_SHARE) - good)),
              Cell.of(Numbers.percent(r.get(Metric.SHED_SHARE))),
              Cell.of(Numbers.percent(shed)),
              Cell.of(Numbers.points(r.get(Metric.SHED_SHARE) - shed)));
        },
        List.copyOf(of.keySet()));
  }

  /** What each tenant got, and how evenly. */
  public Table fairness() {
    Map<Row, List<Fairness.Share>> byRow = new LinkedHashMap<>();
    for (Fairness.Share share : Fairness.of(summary, cells)) {
      byRow.computeIfAbsent(share.row(), r -> new ArrayList<>()).add(share);
    }
    List<String> tenants =
        byRow.values().stream()
            .flatMap(List::stream)
            .map(s -> s.tenant() + " (u=" + s.urgency() + ")")
            .distinct()
            .toList();
    List<String> titles = new ArrayList<>(tenants);
    titles.add("Jain's index");
    return places.byRow(
        titles,
        r -> {
          List<Fairness.Share> shares = byRow.getOrDefault(r, List.of());
          List<Cell> row = new ArrayList<>();
          for (String tenant : tenants) {
            row.add(
                shares.stream()
                    .filter(s -> tenant.startsWith(s.tenant() + " (u="))
                    .findFirst()
                    .map(s -> Cell.of(Numbers.percent(s.good())))
                    .orElse(Cell.of(Numbers.NO_FIGURE, "weak")));
          }
          row.add(Cell.of(Numbers.fixed(r.get(Metric.JAIN), 3)));
          return row;
        },
        List.copyOf(byRow.keySet()));
  }

  /** Percentiles of admitted and of shed requests. */
  public Table percentiles() {
    return of(View.PERCENTILES, withFigures());
  }

  /** The most important figures in one place. */
  public Table full() {
    List<String> titles = new ArrayList<>(List.of("valid", "invalid"));
    titles.addAll(MetricCells.titles(View.FULL));
    return places.byRow(
        titles,
        r -> {
          List<Cell> row = new ArrayList<>();
          row.add(Cell.of(Integer.toString(r.valid())));
          row.add(Cell.of(Integer.toString(r.invalid()), r.invalid() > 0 ? "broken" : ""));
          row.addAll(MetricCells.of(View.FULL, r, floor));
          return row;
        },
        summary.rows());
  }

  /** Every metric, as it is in {@code summary.csv}. */
  public Table everything() {
    List<Column<Row>> figures = summary.figuresOfThisRun(floor.floor());
    return places.byRow(
        figures.stream().map(Column::name).toList(),
        row -> figures.stream().map(column -> Cell.of(column.text().apply(row))).toList(),
        summary.rows());
  }

  /** A table whose columns are the metrics of a view. */
  private Table of(View view, List<Row> rows) {
    return places.byRow(MetricCells.titles(view), row -> MetricCells.of(view, row, floor), rows);
  }

  private List<Row> withFigures() {
    return summary.rows().stream().filter(Row::hasFigures).toList();
  }

  private static Cell score(Row row, boolean top) {
    if (!row.hasFigures()) {
      return Cell.of("invalid", "broken");
    }
    String text = (top ? "● " : "") + Numbers.percent(row.get(Metric.GOODPUT_SHARE));
    return Cell.of(text, Theme.heat(row.get(Metric.GOODPUT_SHARE)));
  }

  private Cell times(Latency latency) {
    boolean few = !latency.supportsP99() && latency.p99() > 0;
    String p50 = floor.millis(latency.p50(), Latency::p50);
    String p99 = Numbers.millis(latency.p99()) + (few ? FEW : "");
    String text = p50 + " / " + p99 + floor.mark(latency.p99(), Latency::p99);
    return Cell.of(text, few ? "weak" : "");
  }
}
