package shedlab.report.front;

import java.util.Map;

/**
 * What a strategy did over the loads of a run.
 *
 * @param strategy canonical text
 * @param knowing true if it knows what no server can know: others are held against it
 * @param goodput by load, as a share of the capacity
 * @param falseSheds share of the requests that were refused at the greatest load below the capacity
 * @param worst by server and repeat, the least served at any load, as a share of what was
 *     achievable there: of the requests below the capacity, of the capacity beyond
 * @param worstMean the mean of these; NaN without any
 * @param worstLoad at which load the mean of what was served is least
 */
record Standing(
    String strategy,
    boolean knowing,
    Map<Double, Spread> goodput,
    Spread falseSheds,
    Map<Block, Double> worst,
    double worstMean,
    double worstLoad) {
  /** Cells that met the same arrivals, on one server, at about the same time. */
  record Block(String server, int repeat) {}

  boolean known() {
    return Double.isFinite(worstMean);
  }

  /** The worst of the blocks, and the best of them. */
  Spread worstSpread() {
    return new Spread(
        worstMean,
        worst.values().stream().mapToDouble(v -> v).min().orElse(Double.NaN),
        worst.values().stream().mapToDouble(v -> v).max().orElse(Double.NaN));
  }
}
