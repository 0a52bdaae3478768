package shedlab.report.front;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import shedlab.report.front.Standing.Block;
import shedlab.report.metric.Metric;
import shedlab.report.page.Subject;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.result.CellResult;
import shedlab.report.result.CpuList;
import shedlab.report.result.Outcomes;
import shedlab.report.statistics.Difference;
import shedlab.report.statistics.Median;
import shedlab.report.text.StrategyNames;

/**
 * The strategies of a run by the least that each serves at any of its loads. A strategy that is
 * best at twice the capacity, and refuses a fifth of the requests before there is any overload, is
 * no good one: what counts is the worst of both.
 */
final class Ranking {
  final Subject run;
  final List<Double> loads;

  /** The ranked ones first, best first; then those that know what no server can know. */
  final List<Standing> standings;

  private final double precision;

  private Ranking(Subject run) {
    this.run = run;
    this.loads = run.plain.loads().stream().sorted().toList();
    this.precision = Precision.of(run.plan).share();
    this.standings =
        run.plain.strategies().stream()
            .filter(s -> !StrategyNames.composition(s).admitsNobody())
            .map(this::standing)
            .filter(Standing::known)
            .sorted(
                Comparator.comparing(Standing::knowing)
                    .thenComparing(Comparator.comparingDouble(Standing::worstMean).reversed()))
            .toList();
  }

  /** Empty if the run cannot say which strategy to use over a range of loads. */
  static Optional<Ranking> of(Subject run) {
    boolean steady = run.plan.plateau() && Double.isFinite(run.plan.possible(1));
    boolean both =
        run.plain.loads().size() > 1 && run.plain.loads().stream().anyMatch(load -> load > 1);
    boolean ours = run.plain.strategies().stream().noneMatch(StrategyNames::isOwn);
    if (!steady || !both || !ours) {
      return Optional.empty();
    }
    var ranking = new Ranking(run);
    return ranking.ranked().size() < 2 ? Optional.empty() : Optional.of(ranking);
  }

  /** Those that a server can use. */
  List<Standing> ranked() {
    return standings.stream().filter(standing -> !standing.knowing()).toList();
  }

  /** True if there are enough blocks to tell a difference from chance. */
  boolean canTell() {
    return run.ranked();
  }

  /** The first, and all that cannot be told from it. */
  List<Standing> best() {
    List<Standing> ranked = ranked();
    return ranked.stream()
        .filter(s -> s.equals(ranked.get(0)) || !different(difference(ranked.get(0), s)))
        .toList();
  }

  /** By how much the first serves more at its worst, over the blocks that both have. */
  Difference difference(Standing first, Standing second) {
    return Difference.mean(
        first.worst().entrySet().stream()
            .filter(entry -> second.worst().containsKey(entry.getKey()))
            .mapToDouble(
                entry -> entry.getValue() - second.worst().getOrDefault(entry.getKey(), Double.NaN))
            .toArray());
  }

  /** The rule by which the whole report calls two different. */
  boolean different(Difference difference) {
    return difference.blocks() >= Pairs.LEAST_BLOCKS
        && !difference.interval().holds(0)
        && Math.abs(difference.mean()) > precision;
  }

  /** Why two are not called different. */
  String whyNot(Difference difference) {
    return difference.interval().holds(0) ? "not told apart" : "too little to count";
  }

  double precision() {
    return precision;
  }

  /** The greatest load below the capacity. */
  OptionalDouble below() {
    return loads.stream().mapToDouble(load -> load).filter(load -> load < 1).max();
  }

  /** The loads of the table: the least above the capacity, and that of comparisons. */
  List<Double> overloads() {
    List<Double> over = loads.stream().filter(load -> load > 1).toList();
    return over.stream()
        .filter(load -> load.equals(over.get(0)) || load == run.verdict.referenceLoad())
        .toList();
  }

  /** CPU time of a task by the capacity, in milliseconds; NaN if it is not known. */
  double taskMillis() {
    double capacity =
        Median.ofFinite(run.cells.stream().mapToDouble(CellResult::capacityPerSecond));
    return 1_000 * cpus() / capacity;
  }

  int cpus() {
    return CpuList.parse(run.plan.setUp().serverCpus()).size();
  }

  private Standing standing(String strategy) {
    Map<Double, Spread> goodput = new LinkedHashMap<>();
    for (double load : loads) {
      goodput.put(load, spread(cells(strategy, load), Metric.GOODPUT_SHARE::of));
    }
    Spread falseSheds =
        below().isPresent()
            ? spread(
                cells(strategy, below().getAsDouble()),
                c -> share(c, c.clientSide().outcomes().shed()))
            : Spread.of(List.of());
    Map<Block, Double> worst = worst(strategy);
    double least = Double.POSITIVE_INFINITY;
    double at = Double.NaN;
    for (double load : loads) {
      double served = spread(cells(strategy, load), Ranking::served).mean();
      if (served < least) {
        least = served;
        at = load;
      }
    }
    return new Standing(
        strategy,
        StrategyNames.composition(strategy).knowsCapacity(),
        goodput,
        falseSheds,
        worst,
        worst.values().stream().mapToDouble(v -> v).average().orElse(Double.NaN),
        at);
  }

  /** Of the blocks that have every load. */
  private Map<Block, Double> worst(String strategy) {
    Map<Block, List<Double>> served = new LinkedHashMap<>();
    for (double load : loads) {
      for (CellResult cell : cells(strategy, load)) {
        served
            .computeIfAbsent(new Block(cell.server(), cell.key().repeat()), b -> new ArrayList<>())
            .add(served(cell));
      }
    }
    Map<Block, Double> worst = new LinkedHashMap<>();
    served.forEach(
        (block, shares) -> {
          if (shares.size() == loads.size()) {
            worst.put(block, shares.stream().mapToDouble(v -> v).min().orElse(Double.NaN));
          }
        });
    return worst;
  }

  /** What a cell served of what was achievable. */
  private static double served(CellResult cell) {
    return cell.load() < 1
        ? share(cell, cell.clientSide().outcomes().good())
        : Metric.GOODPUT_SHARE.of(cell);
  }

  private static double share(CellResult cell, long count) {
    Outcomes all = cell.clientSide().outcomes();
    return all.total() == 0 ? Double.NaN : (double) count / all.total();
  }

  private Spread spread(List<CellResult> cells, ToDoubleFunction<CellResult> figure) {
    Map<String, List<Double>> byServer = new LinkedHashMap<>();
    for (CellResult cell : cells) {
      byServer
          .computeIfAbsent(cell.server(), s -> new ArrayList<>())
          .add(figure.applyAsDouble(cell));
    }
    return Spread.of(byServer.values());
  }

  private List<CellResult> cells(String strategy, double load) {
    String plain = run.plain.variants().get(0);
    return run.cells.stream()
        .filter(c -> c.valid() && c.load() == load)
        .filter(c -> c.strategy().equals(strategy) && c.variant().equals(plain))
        .toList();
  }
}
