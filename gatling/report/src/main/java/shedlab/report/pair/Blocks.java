package shedlab.report.pair;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import shedlab.report.metric.Metric;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.Manifest;
import shedlab.report.statistics.Difference;
import shedlab.report.statistics.Median;

/**
 * Valid cells of every condition by block.
 *
 * @param floor of the machine in that run
 */
record Blocks(Map<Condition, Map<Integer, CellResult>> cells, Floor floor) {
  static Blocks of(Manifest manifest, Collection<CellResult> cells, Floor floor) {
    var blocks = new LinkedHashMap<Condition, Map<Integer, CellResult>>();
    Condition.grouped(manifest, cells)
        .forEach(
            (condition, repeats) -> {
              var valid = new TreeMap<Integer, CellResult>();
              repeats.stream()
                  .filter(CellResult::valid)
                  .forEach(cell -> valid.put(cell.key().repeat(), cell));
              blocks.put(condition, valid);
            });
    return new Blocks(blocks, floor);
  }

  /** How one side's figures differ from the other's, block by block, where both have them. */
  double[] differences(Metric measure, Condition side, Blocks others, Condition other) {
    Map<Integer, CellResult> against = others.cells.getOrDefault(other, Map.of());
    var differences = DoubleStream.builder();
    cells
        .getOrDefault(side, Map.of())
        .forEach(
            (block, cell) -> {
              CellResult match = against.get(block);
              if (match != null) {
                differences.add(Difference.between(measure.of(cell), measure.of(match)));
              }
            });
    return differences.build().filter(difference -> !Double.isNaN(difference)).toArray();
  }

  /**
   * True if the figures of a side cannot be told from the machine's own: the median over the blocks
   * in which both sides have one.
   */
  boolean machines(Metric measure, Condition side, Blocks others, Condition other) {
    Map<Integer, CellResult> against = others.cells.getOrDefault(other, Map.of());
    var figures = DoubleStream.builder();
    cells
        .getOrDefault(side, Map.of())
        .forEach(
            (block, cell) -> {
              CellResult match = against.get(block);
              if (match != null && Double.isFinite(measure.of(match))) {
                figures.add(measure.of(cell));
              }
            });
    double median = Median.ofFinite(figures.build());
    return Double.isFinite(median)
        && measure.percentile().filter(of -> floor.covers(of, Math.round(median))).isPresent();
  }
}
