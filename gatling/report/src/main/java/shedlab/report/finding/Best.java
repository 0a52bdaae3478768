package shedlab.report.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.statistics.Difference;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** Which strategies have the most goodput, and those without a difference found. */
final class Best {
  /** So many that tie are named. */
  private static final int MANY = 5;

  private final Manifest manifest;
  private final Summary summary;
  private final List<CellResult> cells;
  private final StrategyNames names;
  private final double load;
  private final OfferedLoad offered;

  /** At a load of a run. */
  Best(
      Manifest manifest,
      Summary summary,
      List<CellResult> cells,
      StrategyNames names,
      double load) {
    this.manifest = manifest;
    this.summary = summary;
    this.cells = cells;
    this.names = names;
    this.load = load;
    this.offered = new OfferedLoad(manifest, load);
  }

  /**
   * The strategies that are best, or without a difference found, at the reference load by server.
   */
  String sentence() {
    if (!offered.exceeds()) {
      return "No load of this run exceeds the capacity: it cannot show what overload does.";
    }
    if (manifest.grid().repeats() < Pairs.LEAST_BLOCKS) {
      return figures();
    }
    List<String> clauses = new ArrayList<>();
    onEach().forEach((server, who) -> clauses.add("on " + server + " with " + who));
    List<String> alone = alone();
    if (clauses.isEmpty() && alone.isEmpty()) {
      return nobody();
    }
    String over = offered.over() + ", ";
    return (clauses.isEmpty()
            ? ""
            : over
                + "goodput was highest, in % of the capacity, "
                + String.join("; ", clauses)
                + ".")
        + (alone.isEmpty()
            ? ""
            : (clauses.isEmpty() ? over + "s" : " S")
                + "ervers with one strategy reached: "
                + String.join("; ", alone)
                + ".")
        + offered.possible();
  }

  /** Why there is no figure to name. */
  private String nobody() {
    String where = " at " + Numbers.load(load) + ".";
    return summary.rows().stream().anyMatch(row -> row.load() == load && row.valid() > 0)
        ? "No strategy that admits anybody ran" + where
        : "No valid cell" + where;
  }

  /** By server, the best strategies and those without a difference found; empty without a rank. */
  Map<String, String> onEach() {
    var best = new LinkedHashMap<String, String>();
    for (String server : summary.servers()) {
      List<Row> top = top(server, load);
      int all = on(server).size();
      if (!top.isEmpty() && all > 1) {
        best.put(
            server,
            (top.size() == all ? "no winner among " : "") + Prose.list(figures(top)) + tie(top));
      }
    }
    return best;
  }

  /** Every one, or of many the first, and the last. */
  private List<String> figures(List<Row> top) {
    List<String> figures = new ArrayList<>(top.stream().limit(MANY).map(this::figure).toList());
    if (top.size() > MANY) {
      String last = figure(top.get(top.size() - 1));
      figures.add(Prose.count(top.size() - MANY, "other") + ", down to " + last);
    }
    return figures;
  }

  /** What is said of several that are best. Far apart, they are only not told apart. */
  private String tie(List<Row> top) {
    if (top.size() < 2) {
      return "";
    }
    double apart =
        Difference.between(
            top.get(0).get(Metric.GOODPUT_SHARE),
            top.get(top.size() - 1).get(Metric.GOODPUT_SHARE));
    return apart > Precision.of(manifest).share()
        ? " (not told apart: their runs differ too much among themselves)"
        : " (no difference found)";
  }

  /** The servers on which only one strategy ran: it is no best one. Empty without a rank. */
  List<String> alone() {
    return manifest.grid().repeats() < Pairs.LEAST_BLOCKS || !offered.exceeds()
        ? List.of()
        : summary.servers().stream()
            .filter(server -> on(server).size() == 1)
            .map(server -> server + " with " + figure(on(server).get(0)))
            .toList();
  }

  private List<Row> on(String server) {
    return rows(load).stream().filter(r -> r.server().equals(server)).toList();
  }

  /** A strategy with its median, and the least and the greatest of its runs. */
  private String figure(Row row) {
    return names.code(row.strategy())
        + " "
        + Numbers.percent(row.get(Metric.GOODPUT_SHARE))
        + " ["
        + Runs.interval(row, cells)
        + "]";
  }

  /** What every strategy reached, in the order of the plan. */
  private String figures() {
    List<String> clauses = new ArrayList<>();
    for (String strategy : summary.strategies()) {
      List<Row> rows = rows(load).stream().filter(r -> r.strategy().equals(strategy)).toList();
      if (!rows.isEmpty()) {
        clauses.add(names.code(strategy) + " " + Runs.percents(rows));
      }
    }
    return clauses.isEmpty()
        ? nobody()
        : offered.over()
            + ", goodput in % of the capacity was: "
            + String.join(", ", clauses)
            + "."
            + offered.possible();
  }

  /**
   * A server's rows that are best at a load, and those without a difference found, best first; none
   * of a server with one strategy.
   */
  List<Row> top(String server, double at) {
    List<Row> rows =
        rows(at).stream()
            .filter(r -> r.server().equals(server))
            .sorted(Comparator.comparingDouble((Row r) -> r.get(Metric.GOODPUT_SHARE)).reversed())
            .toList();
    return manifest.grid().repeats() < Pairs.LEAST_BLOCKS || rows.size() < 2
        ? List.of()
        : rows.stream()
            .filter(r -> !Noise.different(rows.get(0), r, cells, Precision.of(manifest)))
            .toList();
  }

  /** Rows with a figure; {@code reject-all} has no goodput and is left out. */
  List<Row> rows(double at) {
    return summary.rows().stream()
        .filter(r -> !StrategyNames.composition(r.strategy()).admitsNobody())
        .filter(r -> r.load() == at && Double.isFinite(r.get(Metric.GOODPUT_SHARE)))
        .toList();
  }
}
