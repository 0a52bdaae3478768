package shedlab.report.metric;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shedlab.report.account.CpuAccounts;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.CpuList;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.Phase;
import shedlab.report.result.Variant;
import shedlab.report.statistics.Median;
import shedlab.report.text.StrategyNames;
import shedlab.strategy.Strategies;

/**
 * A run folded over its repeats: one row per server, strategy, variant and load, in the manifest's
 * order.
 *
 * <p>A figure is the median over the <em>valid</em> repeats unless its {@link Metric} says
 * otherwise; an invalid cell is counted in its row and is part of no figure. Figures are rounded
 * here, once, to the digits of {@code summary.csv}, so that charts and tables show the figures of
 * the file. {@code NaN} means that there is no figure: an empty field in the file.
 *
 * @param servers those of the plan, then any that only cells name; the same for the next three
 */
public record Summary(
    List<String> servers,
    List<String> strategies,
    List<String> variants,
    List<Double> loads,
    List<Row> rows) {
  /** The strategy that knows the capacity: its goodput is achievable. */
  private static final String BEST = "clairvoyant";

  private static final Strategies KNOWN = Strategies.installed();

  /** The columns of {@code summary.csv}: a row's condition, then every metric. */
  public static final List<Column<Row>> COLUMNS = columns(Floor.NOT_MEASURED);

  /**
   * One row.
   *
   * @param valid repeats behind the figures
   * @param invalid repeats in none of them
   * @param figures of every metric
   * @param goodByUrgency share of the requests of an urgency that were answered in time
   */
  public record Row(
      Condition condition,
      int valid,
      int invalid,
      Map<Metric, Double> figures,
      Map<Integer, Double> goodByUrgency) {

    /** The server's name. */
    public String server() {
      return condition.server();
    }

    /** The strategy's canonical text. */
    public String strategy() {
      return condition.strategy();
    }

    /** The variant's name; {@code ""} for the plain way. */
    public String variant() {
      return condition.variant();
    }

    /** The offered load as a multiple of the capacity. */
    public double load() {
      return condition.load();
    }

    /** True if the row has figures. */
    public boolean hasFigures() {
      return valid > 0;
    }

    /** A figure; NaN if there is none. */
    public double get(Metric metric) {
      return figures.getOrDefault(metric, Double.NaN);
    }

    /** A count or a time as a whole number; 0 if there is none. */
    public long whole(Metric metric) {
      double figure = get(metric);
      return Double.isNaN(figure) ? 0 : Math.round(figure);
    }

    /** Response times of 200s; a row has neither maximum nor mean. */
    public Latency admitted() {
      return new Latency(
          whole(Metric.ADMITTED_COUNT),
          whole(Metric.ADMITTED_P50),
          whole(Metric.ADMITTED_P90),
          whole(Metric.ADMITTED_P99),
          whole(Metric.ADMITTED_P999),
          0,
          0);
    }

    /** The same of 429s. */
    public Latency shed() {
      return new Latency(
          whole(Metric.SHED_COUNT),
          whole(Metric.SHED_P50),
          whole(Metric.SHED_P90),
          whole(Metric.SHED_P99),
          whole(Metric.SHED_P999),
          0,
          0);
    }

    /** The percentiles of answers that cannot be told from the machine's own, by their columns. */
    private String within(Floor floor) {
      return Stream.of(Metric.values())
          .filter(m -> m.percentile().filter(of -> floor.covers(of, whole(m))).isPresent())
          .map(Metric::title)
          .collect(Collectors.joining(" "));
    }

    /** A figure as it is in the file. */
    String text(Metric metric) {
      double figure = get(metric);
      if (metric == Metric.GOOD_BY_URGENCY) {
        return goodByUrgency.entrySet().stream()
            .map(e -> e.getKey() + "=" + Fields.number(e.getValue(), metric.digits()))
            .collect(Collectors.joining(" "));
      }
      return metric.unit() == Unit.YES_NO && !Double.isNaN(figure)
          ? (figure == 1 ? "yes" : "no")
          : Fields.number(figure, metric.digits());
    }
  }

  private static List<Column<Row>> columns(Floor floor) {
    var columns = new ArrayList<Column<Row>>();
    columns.add(new Column<>("server", Unit.NONE, "its name", Row::server));
    columns.add(new Column<>("strategy", Unit.NONE, "its canonical text", Row::strategy));
    columns.add(
        new Column<>("variant", Unit.NONE, "its name; empty for the plain one", Row::variant));
    columns.add(
        new Column<>(
            "load", Unit.CAPACITY, "offered load as a multiple", r -> Fields.load(r.load())));
    columns.addAll(figures(floor));
    return List.copyOf(columns);
  }

  private static List<Column<Row>> figures(Floor floor) {
    var columns = new ArrayList<Column<Row>>();
    columns.add(
        new Column<>(
            "n_valid", Unit.CELLS, "repeats behind the figures", r -> Integer.toString(r.valid())));
    columns.add(
        new Column<>(
            "n_invalid",
            Unit.CELLS,
            "repeats in none of the figures",
            r -> Integer.toString(r.invalid())));
    for (Metric metric : Metric.values()) {
      columns.add(
          new Column<>(metric.title(), metric.unit(), metric.meaning(), row -> row.text(metric)));
    }
    columns.add(Column.machine(row -> row.within(floor)));
    return List.copyOf(columns);
  }

  /** Makes rows from cells, without what is only in their raw files. */
  public static Summary of(Manifest manifest, Collection<CellResult> cells) {
    return of(manifest, cells, CpuAccounts.NONE);
  }

  /** Makes rows from cells; a combination without a cell has no row. */
  public static Summary of(Manifest manifest, Collection<CellResult> cells, CpuAccounts accounts) {
    Manifest.Grid grid = manifest.grid();
    Map<Condition, List<CellResult>> best =
        cells.stream()
            .filter(c -> c.valid() && KNOWN.composition(c.strategy()).knowsCapacity())
            .collect(Collectors.groupingBy(c -> Condition.of(c).withStrategy(BEST)));
    int cpus = CpuList.parse(manifest.setUp().serverCpus()).size();
    var rows = new ArrayList<Row>();
    Condition.grouped(manifest, cells)
        .forEach(
            (condition, repeats) -> {
              double measured =
                  Median.ofFinite(
                      best.getOrDefault(condition.withStrategy(BEST), List.of()).stream()
                          .mapToDouble(Figures::goodputShare));
              double work = work(manifest, condition.variant());
              double ideal =
                  Double.isNaN(measured)
                      ? Phase.mostServed(manifest.load().phases(), condition.load(), 1 / work)
                      : measured;
              List<CellResult> valid = repeats.stream().filter(CellResult::valid).toList();
              var all = new Repeats(valid, ideal, cpus * work, accounts);
              rows.add(row(condition, all, repeats.size() - valid.size()));
            });
    return new Summary(
        Condition.extended(grid.servers(), cells, CellResult::server),
        Condition.extended(grid.strategies(), cells, CellResult::strategy),
        Condition.extended(
            grid.variants().stream().map(Variant::name).toList(), cells, CellResult::variant),
        Condition.extended(grid.loads(), cells, CellResult::load),
        List.copyOf(rows));
  }

  /** The rows of the first variant alone. */
  public Summary plain() {
    String first = variants.get(0);
    List<Row> plain = rows.stream().filter(row -> row.variant().equals(first)).toList();
    return new Summary(servers, strategies, List.of(first), loads, plain);
  }

  /** The row of a combination in the plain variant, if any cell ran it. */
  public Optional<Row> row(String server, String strategy, double load) {
    return row(server, strategy, "", load);
  }

  /** The row of a combination, if any cell ran it. */
  public Optional<Row> row(String server, String strategy, String variant, double load) {
    var wanted = new Condition(server, strategy, variant, load);
    return rows.stream().filter(row -> row.condition().equals(wanted)).findFirst();
  }

  /**
   * False if a server and a strategy do not go together: a server that is not ours has strategies
   * of its own alone, and ours have none of those.
   */
  public boolean together(String server, String strategy) {
    boolean target = rows.stream().anyMatch(r -> r.server().equals(server) && isOwn(r.strategy()));
    return !(target || isOwn(strategy))
        || rows.stream().anyMatch(r -> r.server().equals(server) && r.strategy().equals(strategy));
  }

  private static boolean isOwn(String strategy) {
    return StrategyNames.isOwn(strategy);
  }

  /** The text of {@code summary.csv}; {@code results/FILES.md} describes its columns. */
  public String csv(Floor floor) throws IOException {
    return Column.csv(ofThisRun(columns(floor), floor), rows);
  }

  /** The numbers of repeats, then every metric that this run has. */
  public List<Column<Row>> figuresOfThisRun(Floor floor) {
    return ofThisRun(figures(floor), floor);
  }

  /** The columns without those that this run, of an earlier format, cannot have. */
  private List<Column<Row>> ofThisRun(List<Column<Row>> columns, Floor floor) {
    List<String> absent =
        Stream.of(Metric.values())
            .filter(m -> m.onlyIfAny() && rows.stream().allMatch(r -> Double.isNaN(r.get(m))))
            .map(Metric::title)
            .toList();
    return Column.ofRun(columns, floor).stream()
        .filter(column -> !absent.contains(column.name()))
        .toList();
  }

  private static Row row(Condition condition, Repeats repeats, int invalid) {
    var figures = new EnumMap<Metric, Double>(Metric.class);
    for (Metric metric : Metric.values()) {
      figures.put(metric, metric.fold(repeats));
    }
    var urgencies = new LinkedHashMap<Integer, Double>();
    Figures.goodByUrgency(repeats.valid())
        .forEach(
            (urgency, share) ->
                urgencies.put(urgency, Fields.rounded(share, Metric.GOOD_BY_URGENCY.digits())));
    return new Row(
        condition,
        repeats.valid().size(),
        invalid,
        Collections.unmodifiableMap(figures),
        Collections.unmodifiableMap(urgencies));
  }

  /** Size of a variant's tasks, relative to those with which the capacity was measured. */
  private static double work(Manifest manifest, String variant) {
    return Double.parseDouble(manifest.settings(variant).getOrDefault("work", "1"));
  }
}
