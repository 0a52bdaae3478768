package shedlab.report.pair;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import shedlab.report.metric.Metric;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.Manifest;
import shedlab.report.statistics.Difference;

/** Valid cells of every condition by block. */
record Blocks(Map<Condition, Map<Integer, CellResult>> cells) {
  static Blocks of(Manifest manifest, Collection<CellResult> cells) {
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
    return new Blocks(blocks);
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
}
