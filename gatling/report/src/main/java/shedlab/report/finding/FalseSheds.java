package shedlab.report.finding;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.Manifest;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** What was shed although there was capacity. */
final class FalseSheds {
  /** From this share of the requests on, a strategy is named. */
  private static final double LOUD = 0.01;

  /** So many are named. */
  private static final int MANY = 8;

  private FalseSheds() {}

  /** In a sentence; empty if the run has no load that is always below the capacity. */
  static String of(
      Manifest manifest, List<Double> loads, DoubleFunction<List<Row>> at, StrategyNames names) {
    // A load below 1x is none below the capacity if the capacity drops, or the load peaks.
    List<Double> below =
        loads.stream()
            .filter(l -> l < 1 && !new OfferedLoad(manifest, l).exceeds())
            .sorted()
            .toList();
    List<Row> rows = below.stream().flatMap(l -> at.apply(l).stream()).toList();
    if (rows.isEmpty()) {
      return "";
    }
    Map<String, Double> worst = new LinkedHashMap<>();
    rows.forEach(r -> worst.merge(r.strategy(), r.get(Metric.SHED_SHARE), Math::max));
    worst.remove(StrategyNames.NONE);
    List<String> loud =
        worst.entrySet().stream().filter(e -> e.getValue() >= LOUD).map(Map.Entry::getKey).toList();
    String where =
        "Below the capacity (" + Prose.list(below.stream().map(Numbers::load).toList()) + "), ";
    if (loud.isEmpty()) {
      double most = worst.values().stream().mapToDouble(v -> v).max().orElse(0);
      return where
          + "no strategy shed more than "
          + Numbers.percentAbove(most)
          + " of the requests.";
    }
    Row most =
        rows.stream().max(Comparator.comparingDouble(r -> r.get(Metric.SHED_SHARE))).orElseThrow();
    return where
        + (loud.size() > MANY
            ? Prose.count(loud.size(), "strategy")
            : Prose.list(loud.stream().map(names::code).toList()))
        + " shed 1 % of the requests or more although there was capacity for them: up to "
        + Numbers.percent(most.get(Metric.SHED_SHARE))
        + " ("
        + names.code(most.strategy())
        + " on "
        + most.server()
        + " at "
        + Numbers.load(most.load())
        + ")"
        + (loud.size() < worst.size() ? "; the other strategies shed less." : ".");
  }
}
