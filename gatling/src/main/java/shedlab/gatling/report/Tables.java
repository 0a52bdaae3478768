package shedlab.gatling.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import shedlab.gatling.report.Table.Cell;
import shedlab.gatling.result.Latency;
import shedlab.gatling.result.Summary;
import shedlab.gatling.result.Summary.Row;

/** The tables of figures. Every one is a view of the summary's rows, and of nothing else. */
final class Tables {
  /** Marks a figure that must not be quoted. */
  static final String FEW = "*";

  private final Summary summary;
  private final StrategyNames names;
  private final Verdict verdict;

  Tables(Summary summary, StrategyNames names, Verdict verdict) {
    this.summary = summary;
    this.names = names;
    this.verdict = verdict;
  }

  /** Strategy by server: goodput at the reference load; a dot marks the best and its equals. */
  Table matrix() {
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
                .orElse(Cell.of("not run", "weak")));
      }
      rows.add(row);
    }
    return new Table(columns, 1, rows);
  }

  /** Goodput as a share of the capacity. */
  Table goodput() {
    return byLoad(r -> Cell.of(Numbers.percent(r.goodputShare())));
  }

  /** Median and 99th percentile in milliseconds of 200s. */
  Table admitted() {
    return byLoad(r -> times(r.admitted()));
  }

  /** Median and 99th percentile in milliseconds of 429s. */
  Table shed() {
    return byLoad(r -> times(r.shed()));
  }

  /** Outcomes as shares of all requests. */
  Table outcomes() {
    return byRow(
        List.of("good", "late", "shed", "other", "timeout", "transport"),
        r ->
            List.of(
                Cell.of(Numbers.percent(r.shares().good())),
                Cell.of(Numbers.percent(r.shares().late())),
                Cell.of(Numbers.percent(r.shares().shed())),
                Cell.of(Numbers.percent(r.shares().other())),
                Cell.of(Numbers.percent(r.shares().timeout())),
                Cell.of(Numbers.percent(r.shares().transport()))),
        summary.rows());
  }

  /** Predicted and measured shed shares. */
  Table prediction() {
    return byRow(
        List.of("predicted shed", "measured shed", "difference"),
        r ->
            List.of(
                Cell.of(Numbers.percent(r.predictedShedShare())),
                Cell.of(Numbers.percent(r.shares().shed())),
                Cell.of(Numbers.points(r.shares().shed() - r.predictedShedShare()))),
        PredictionChart.predicted(summary));
  }

  /** What the server was doing. */
  Table inside() {
    return byRow(
        List.of("server CPU", "mean limit", "mean in flight", "mean waiting"),
        r ->
            List.of(
                Cell.of(Numbers.percent(r.serverCpuShare())),
                Cell.of(
                    r.hasFigures() && Double.isNaN(r.meanLimit()) ? "none" : number(r.meanLimit())),
                Cell.of(number(r.meanInflight())),
                Cell.of(number(r.meanWaiting()))),
        summary.rows());
  }

  /** Everything in one place. */
  Table full() {
    return byRow(
        List.of(
            "valid",
            "invalid",
            "offered/s",
            "goodput/s",
            "least",
            "most",
            "of capacity",
            "good",
            "late",
            "shed",
            "admitted p50 ms",
            "p99 ms",
            "p99.9 ms",
            "shed p50 ms",
            "p99 ms"),
        r ->
            List.of(
                Cell.of(Integer.toString(r.valid())),
                Cell.of(Integer.toString(r.invalid()), r.invalid() > 0 ? "broken" : ""),
                Cell.of(Numbers.rate(r.offered())),
                Cell.of(Numbers.rate(r.goodput())),
                Cell.of(Numbers.rate(r.goodputMin())),
                Cell.of(Numbers.rate(r.goodputMax())),
                Cell.of(Numbers.percent(r.goodputShare())),
                Cell.of(Numbers.percent(r.shares().good())),
                Cell.of(Numbers.percent(r.shares().late())),
                Cell.of(Numbers.percent(r.shares().shed())),
                time(r.admitted(), Latency::p50, true),
                time(r.admitted(), Latency::p99, r.admitted().supportsP99()),
                time(r.admitted(), Latency::p999, r.admitted().count() >= 10_000),
                time(r.shed(), Latency::p50, true),
                time(r.shed(), Latency::p99, r.shed().supportsP99())),
        summary.rows());
  }

  private Table byLoad(Function<Row, Cell> figure) {
    List<String> columns = new ArrayList<>(List.of("server", "strategy"));
    summary.loads().forEach(l -> columns.add(Numbers.load(l)));
    List<List<Cell>> rows = new ArrayList<>();
    for (String server : summary.servers()) {
      for (String strategy : summary.strategies()) {
        List<Cell> row = new ArrayList<>(List.of(Cell.of(server), Cell.of(names.code(strategy))));
        for (double load : summary.loads()) {
          row.add(
              summary
                  .row(server, strategy, load)
                  .map(r -> r.hasFigures() ? figure.apply(r) : Cell.of("invalid", "broken"))
                  .orElse(Cell.of("not run", "weak")));
        }
        rows.add(row);
      }
    }
    return new Table(columns, 2, rows);
  }

  private Table byRow(List<String> titles, Function<Row, List<Cell>> figures, List<Row> from) {
    List<String> columns = new ArrayList<>(List.of("server", "strategy", "load"));
    columns.addAll(titles);
    List<List<Cell>> rows = new ArrayList<>();
    for (Row r : from) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(r.server()));
      row.add(Cell.of(names.code(r.strategy())));
      row.add(Cell.of(Numbers.load(r.load())));
      row.addAll(figures.apply(r));
      rows.add(row);
    }
    return new Table(columns, 2, rows);
  }

  private static Cell score(Row row, boolean top) {
    if (!row.hasFigures()) {
      return Cell.of("invalid", "broken");
    }
    String text = (top ? "● " : "") + Numbers.percent(row.goodputShare());
    return Cell.of(text, Theme.heat(row.goodputShare()));
  }

  private static Cell times(Latency latency) {
    boolean firm = latency.supportsP99();
    String text = Numbers.millis(latency.p50()) + " / " + Numbers.millis(latency.p99());
    boolean marked = !firm && latency.p99() > 0;
    return Cell.of(text + (marked ? FEW : ""), marked ? "weak" : "");
  }

  private static Cell time(Latency latency, ToLongFunction<Latency> of, boolean firm) {
    long micros = of.applyAsLong(latency);
    boolean marked = !firm && micros > 0;
    return Cell.of(Numbers.millis(micros) + (marked ? FEW : ""), marked ? "weak" : "");
  }

  private static String number(double value) {
    return Numbers.fixed(value, 2);
  }
}
