package shedlab.report.front;

import java.util.Collection;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import shedlab.report.statistics.Median;
import shedlab.report.text.Prose;

/**
 * A figure of a strategy at a load.
 *
 * @param mean over the servers, of the median of the runs on each; NaN without a run
 * @param least of the single runs on any server
 * @param most of them
 */
record Spread(double mean, double least, double most) {
  /** Of the runs on each server. */
  static Spread of(Collection<List<Double>> servers) {
    double mean =
        servers.stream()
            .mapToDouble(runs -> Median.ofFinite(stream(runs)))
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    return new Spread(
        mean,
        servers.stream().flatMapToDouble(Spread::stream).min().orElse(Double.NaN),
        servers.stream().flatMapToDouble(Spread::stream).max().orElse(Double.NaN));
  }

  private static DoubleStream stream(List<Double> runs) {
    return runs.stream().mapToDouble(run -> run).filter(Double::isFinite);
  }

  boolean known() {
    return Double.isFinite(mean);
  }

  /** The range of the runs in words. */
  String range(DoubleFunction<String> words) {
    return known() ? Prose.range(words.apply(least), words.apply(most)) : "";
  }
}
