package shedlab.report.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pairs;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.statistics.Median;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** Whether the servers differ: in their capacities, and in goodput as a share of them. */
public record ServerDifferences(
    Manifest manifest, Summary summary, List<CellResult> cells, StrategyNames names, Pairs pairs) {

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
    List<String> clauses = new ArrayList<>();
    for (int a = 0; a < summary.servers().size(); a++) {
      for (int b = a + 1; b < summary.servers().size(); b++) {
        String one = summary.servers().get(a);
        String other = summary.servers().get(b);
        List<String> different = different(one, other, load);
        clauses.add(
            one
                + " and "
                + other
                + (different.isEmpty() ? alike(one, other, load) : " differ with ")
                + Prose.list(different));
      }
    }
    return text
        + "Goodput at "
        + Numbers.load(load)
        + ", in % of each server's capacity: "
        + String.join("; ", clauses)
        + ".";
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
        .map(p -> names.code(p.side().strategy()) + " (ratio " + ratio(p) + ")")
        .toList();
  }

  /** A ratio with its interval. */
  private static String ratio(Pair pair) {
    return Numbers.fixed(pair.ratio(), 2)
        + ", "
        + Prose.range(
            Numbers.fixed(pair.interval().low(), 2), Numbers.fixed(pair.interval().high(), 2));
  }
}
