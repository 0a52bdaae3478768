package shedlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Crowd;
import shedlab.report.chart.Look;
import shedlab.report.chart.Looks;
import shedlab.report.finding.FloorWords;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/**
 * The data of charts, and the marks by which the page filters: elements of the same server,
 * strategy or load have the same mark everywhere, in charts and tables.
 *
 * @param referenceLoad the load that is shown first
 * @param words what is said of the machine's noise floor
 */
public record ChartData(
    RunFiles run,
    Summary summary,
    StrategyNames names,
    Looks looks,
    double referenceLoad,
    FloorWords words) {
  /** The data of a run, and the load that is shown first. */
  public static ChartData of(
      RunFiles run, Summary summary, StrategyNames names, double referenceLoad, FloorWords words) {
    return new ChartData(run, summary, names, Looks.of(summary.strategies()), referenceLoad, words);
  }

  /** The machine's noise floor at a percentile, to compare response times with; null if unknown. */
  Measured.@Nullable Level floor(String name, ToLongFunction<Latency> percentile) {
    return words.floor().measured()
        ? new Measured.Level(words.floor().at(percentile), words.level(name, percentile))
        : null;
  }

  Manifest plan() {
    return run.manifest();
  }

  String name(String strategy) {
    return names.of(strategy);
  }

  Look look(String strategy) {
    return looks.of(strategy);
  }

  /** True if more than one load was measured, so that figures can be drawn over the load. */
  public boolean overLoad() {
    return summary.loads().size() > 1;
  }

  /** The cells of a condition, in the order of the run. */
  List<CellResult> cells(String server, String strategy, String variant, double load) {
    List<CellResult> found = new ArrayList<>();
    for (CellResult cell : run.cells()) {
      if (cell.server().equals(server)
          && cell.strategy().equals(strategy)
          && cell.variant().equals(variant)
          && cell.load() == load) {
        found.add(cell);
      }
    }
    return found;
  }

  /** Goodput of a cell as a share of the capacity, as its median counts it; NaN if it failed. */
  static double share(CellResult cell) {
    return cell.judgement().failure() == null && cell.capacityPerSecond() > 0
        ? Metric.GOODPUT_SHARE.of(cell)
        : Double.NaN;
  }

  /** The mark of a server. */
  String server(String server) {
    return "data-h=\"" + summary.servers().indexOf(server) + "\"";
  }

  /** The mark of a strategy. */
  String strategy(String strategy) {
    return "data-p=\"" + summary.strategies().indexOf(strategy) + "\"";
  }

  /** The mark of a load. */
  String load(double load) {
    return "data-l=\"" + summary.loads().indexOf(load) + "\"";
  }

  /** The mark of a run, by its place among the cells. */
  String run(CellResult cell) {
    return "data-c=\"" + run.cells().indexOf(cell) + "\" " + load(cell.load());
  }

  /** The choice of a variant. */
  Map<String, String> choice(String variant) {
    return Map.of("v", Integer.toString(summary.variants().indexOf(variant)));
  }

  /** The choice of a variant and a load. */
  Map<String, String> choice(String variant, double load) {
    return Map.of(
        "v",
        Integer.toString(summary.variants().indexOf(variant)),
        "at",
        Integer.toString(summary.loads().indexOf(load)));
  }

  /** The heading of a variant's view, where there are several. */
  String heading(String variant) {
    return summary.variants().size() > 1 ? Prose.variant(variant) : "";
  }

  /** The condition of a cell, in words. */
  public String where(CellResult cell) {
    return cell.server()
        + ", "
        + name(cell.strategy())
        + ", "
        + Numbers.load(cell.load())
        + (cell.variant().isEmpty() ? "" : ", " + cell.variant())
        + ", repeat "
        + cell.key().repeat();
  }

  /** Names of all strategies. */
  List<String> strategyNames() {
    return summary.strategies().stream().map(this::name).toList();
  }

  /**
   * The swatches of all strategies with their canonical texts, if they are too many to be named in
   * the chart, and what a hollow dot means.
   */
  List<Chart.Key> legend() {
    List<Chart.Key> keys = new ArrayList<>();
    if (!Crowd.fits(summary.strategies().size())) {
      for (String strategy : summary.strategies()) {
        keys.add(new Chart.Key(look(strategy).swatch(), strategy));
      }
    }
    if (run.cells().stream().anyMatch(c -> !c.valid())) {
      keys.add(new Chart.Key(RunDots.invalid(), "hollow: an invalid cell, in no median"));
    }
    return keys;
  }
}
