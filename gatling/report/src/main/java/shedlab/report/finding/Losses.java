package shedlab.report.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Ratio;
import shedlab.report.result.Manifest;
import shedlab.report.text.StrategyNames;

/** Which strategies have less goodput than the reference. */
final class Losses {
  private Losses() {}

  /**
   * In a sentence, those that were found to have less, each where it has least; empty if there are
   * none. {@code none} is left out: it has a sentence of its own.
   */
  static String of(Pairs pairs, StrategyNames names, Manifest manifest, double load) {
    Map<String, Pair> least = new LinkedHashMap<>();
    pairs.of(Pair.Kind.STRATEGY, Metric.GOODPUT).stream()
        .filter(pair -> pair.claim().verdict() == Verdict.WORSE)
        .filter(pair -> pair.side().load() == load && pair.side().variant().isEmpty())
        .filter(pair -> !pair.side().strategy().equals(StrategyNames.NONE))
        .filter(pair -> !StrategyNames.composition(pair.side().strategy()).admitsNobody())
        .sorted(Comparator.comparingDouble(Pair::ratio))
        .forEach(pair -> least.putIfAbsent(pair.side().strategy(), pair));
    boolean servers = manifest.grid().servers().size() > 1;
    List<String> clauses = new ArrayList<>();
    least.forEach(
        (strategy, pair) ->
            clauses.add(
                names.code(strategy)
                    + " "
                    + Ratio.number(pair.ratio())
                    + " ("
                    + Ratio.interval(pair)
                    + (servers ? ", " + pair.side().server() : "")
                    + ")"));
    return clauses.isEmpty()
        ? ""
        : "Less goodput than the reference, "
            + names.code(manifest.grid().reference())
            + ", "
            + new OfferedLoad(manifest, load).at()
            + (servers ? ", where they have least" : "")
            + ": "
            + String.join(", ", clauses)
            + ".";
  }
}
