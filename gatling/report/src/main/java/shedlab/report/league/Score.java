package shedlab.report.league;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a contender did in a situation.
 *
 * @param goodputs answers in time, in capacities, for each seed; the same seeds for everybody
 * @param falseSheds share of the tries that were shed while the offered load was below the capacity
 * @param p99Millis of the admitted; NaN if none was done
 * @param waste share of the admitted requests that were not in time
 * @param recoverySeconds from the end of a disturbance; null if there was none or it did not
 *     recover
 * @param urgent share of the most urgent kind of requests that were in time; null with one kind
 * @param content a digest of everything it was computed from; equal content, equal figures
 */
public record Score(
    String contender,
    String situation,
    List<Double> goodputs,
    double falseSheds,
    double p99Millis,
    double waste,
    @Nullable Double recoverySeconds,
    @Nullable Double urgent,
    String content) {
  /** Copies the list. */
  public Score {
    goodputs = List.copyOf(goodputs);
  }

  /** Over the seeds. */
  public double meanGoodput() {
    return goodputs.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
