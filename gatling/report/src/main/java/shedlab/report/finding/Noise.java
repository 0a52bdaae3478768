package shedlab.report.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.result.CellResult;
import shedlab.report.statistics.Difference;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** Decides which rows differ in goodput by more than chance, in the blocks that both have. */
public final class Noise {
  private Noise() {}

  /**
   * True if the difference may be reported: there are {@link Pairs#LEAST_BLOCKS} blocks or more,
   * the interval of the mean difference leaves out 0, and the difference is above the precision of
   * the run.
   */
  static boolean different(Row a, Row b, List<CellResult> cells, Precision precision) {
    Map<Integer, CellResult> others =
        Runs.valid(b, cells).stream()
            .collect(Collectors.toMap(c -> c.key().repeat(), c -> c, (first, last) -> last));
    DoubleStream.Builder differences = DoubleStream.builder();
    for (CellResult cell : Runs.valid(a, cells)) {
      CellResult other = others.get(cell.key().repeat());
      if (other != null) {
        differences.add(
            Difference.between(Metric.GOODPUT_SHARE.of(cell), Metric.GOODPUT_SHARE.of(other)));
      }
    }
    Difference difference = Difference.mean(differences.build().toArray());
    return difference.blocks() >= Pairs.LEAST_BLOCKS
        && !difference.interval().holds(0)
        && Math.abs(difference.mean()) > precision.share();
  }

  /** How far the reference differed from its twin, in a sentence; empty without twins. */
  static String ofTwins(List<String> servers, Pairs pairs) {
    List<String> parts = new ArrayList<>();
    for (String server : servers) {
      pairs
          .band(server, Metric.GOODPUT)
          .filter(b -> b.twins() > 1)
          .ifPresent(b -> parts.add(Numbers.percent(b.noise()) + " on " + server));
    }
    return parts.isEmpty()
        ? ""
        : "Identical (A/A) runs differ by a standard deviation of " + Prose.list(parts) + ".";
  }

  /** The rule in a sentence. */
  public static String rule(int repeats, Precision precision) {
    if (repeats < 2) {
      return "One run of each cell: the spread between runs is unknown, so nothing is ranked.";
    }
    return repeats < Pairs.LEAST_BLOCKS
        ? "Figures are medians of up to "
            + repeats
            + " runs, too few to tell a difference from chance, so nothing is ranked."
        : "Figures are medians of up to "
            + repeats
            + " runs; two strategies are called different only if they differ by more than "
            + Numbers.percentAbove(precision.share())
            + " and the 95 % interval of that difference, run by run, leaves out zero.";
  }
}
