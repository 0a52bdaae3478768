package shedlab.report.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Ratio;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.statistics.Median;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** Whether the servers differ: in their capacities, and in goodput as a share of them. */
public record ServerDifferences(
    Manifest manifest, Summary summary, List<CellResult> cells, StrategyNames names, Pairs pairs) {

  /** With more servers, every two of them would be a page. */
  private static final int FEW = 3;

  /** The answer in a few sentences; empty if there is only one server. */
  public String at(double load) {
    if (summary.servers().size() < 2) {
      return "";
    }
    List<String> capacities = new ArrayList<>();
    for (String server : summary.servers()) {
      double capacity =
          Median.ofFinite(
              cells.stream()
                  .filter(c -> c.server().equals(server) && c.capacityPerSecond() > 0)
                  .mapToDouble(CellResult::capacityPerSecond));
      if (capacity > 0) {
        capacities.add(server + " " + Numbers.fixed(capacity, 0));
      }
    }
    String text = "Capacity in requests/s: " + String.join(", ", capacities) + ". ";
    if (manifest.grid().repeats() < Pairs.LEAST_BLOCKS) {
      return text
          + "Fewer than "
          + Pairs.LEAST_BLOCKS
          + " runs of each cell cannot show whether goodput differs.";
    }
    List<String> clauses = summary.servers().size() > FEW ? besideTheBest(load) : ofTwo(load);
    return clauses.isEmpty()
        ? text + "No strategy ran on two of them: each is held against its own capacity."
        : text
            + "Goodput at "
            + Numbers.load(load)
            + ", in % of each server's capacity: "
            + String.join("; ", clauses)
            + ".";
  }

  /** A clause for every two servers that have a strategy in common. */
  private List<String> ofTwo(double load) {
    List<String> clauses = new ArrayList<>();
    for (int a = 0; a < summary.servers().size(); a++) {
      for (int b = a + 1; b < summary.servers().size(); b++) {
        String one = summary.servers().get(a);
        String other = summary.servers().get(b);
        if (both(one, other, load).findAny().isEmpty()) {
          continue;
        }
        List<String> different = different(one, other, load);
        clauses.add(
            one
                + " and "
                + other
                + (different.isEmpty() ? alike(one, other, load) : " differ with ")
                + Prose.list(different));
      }
    }
    return clauses;
  }

  /** For many servers: a clause for each strategy, which holds all others against the best. */
  private List<String> besideTheBest(double load) {
    List<String> clauses = new ArrayList<>();
    for (String strategy : summary.strategies()) {
      List<Summary.Row> rows =
          summary.servers().stream()
              .flatMap(server -> summary.row(server, strategy, load).stream())
              .filter(Summary.Row::hasFigures)
              .sorted(Comparator.comparingDouble((Summary.Row r) -> -share(r)))
              .toList();
      if (rows.size() > 1) {
        clauses.add(besideTheBest(strategy, load, rows));
      }
    }
    return clauses;
  }

  private String besideTheBest(String strategy, double load, List<Summary.Row> rows) {
    String best = rows.get(0).server();
    List<String> less = new ArrayList<>();
    List<String> alike = new ArrayList<>();
    for (Summary.Row row : rows.subList(1, rows.size())) {
      boolean different =
          Stream.concat(both(best, row.server(), load), both(row.server(), best, load))
              .filter(p -> p.side().strategy().equals(strategy))
              .anyMatch(p -> p.claim().verdict().different());
      (different ? less : alike).add(row.server() + " " + Numbers.percent(share(row)));
    }
    return names.code(strategy)
        + (alike.isEmpty() ? " does most on " + best + ", " : " on " + best + ": ")
        + Numbers.percent(share(rows.get(0)))
        + (less.isEmpty() ? "" : "; less on " + Prose.list(less))
        + (alike.isEmpty() ? "" : "; not told apart from it: " + Prose.list(alike));
  }

  private static double share(Summary.Row row) {
    return row.get(Metric.GOODPUT_SHARE);
  }

  /** Whether two servers without a difference are equal, and how nearly. */
  private String alike(String one, String other, double load) {
    List<Pair> both = both(one, other, load).toList();
    boolean equal =
        !both.isEmpty() && both.stream().allMatch(p -> p.claim().verdict() == Pair.Verdict.EQUAL);
    double most = both.stream().mapToDouble(p -> p.difference().farthest()).max().orElse(1);
    return equal ? " differ by less than " + Numbers.percentAbove(most) : " are not told apart";
  }

  /** The pairs of two servers, of which the first comes first in the plan. */
  private Stream<Pair> both(String one, String other, double load) {
    return pairs.of(Pair.Kind.SERVER, Metric.GOODPUT_SHARE).stream()
        .filter(p -> p.side().server().equals(other) && p.against().equals(one))
        .filter(p -> p.side().variant().isEmpty() && p.side().load() == load);
  }

  private List<String> different(String one, String other, double load) {
    return both(one, other, load)
        .filter(p -> p.claim().verdict().different())
        .map(p -> names.code(p.side().strategy()) + " (ratio " + Ratio.figure(p) + ")")
        .toList();
  }
}
