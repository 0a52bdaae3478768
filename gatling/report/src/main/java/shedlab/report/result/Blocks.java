package shedlab.report.result;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** Valid cells of every condition by block. */
record Blocks(Map<Condition, Map<Integer, CellResult>> cells) {
  static Blocks of(Manifest manifest, Collection<CellResult> cells) {
    var blocks = new LinkedHashMap<Condition, Map<Integer, CellResult>>();
    Condition.grouped(
            cells,
            Summary.extended(manifest.grid().servers(), cells, CellResult::server),
            Summary.extended(manifest.grid().strategies(), cells, CellResult::strategy),
            Summary.extended(
                manifest.grid().variants().stream().map(Variant::name).toList(),
                cells,
                CellResult::variant),
            Summary.extended(manifest.grid().loads(), cells, CellResult::load))
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

  /** Figures of one side over those of the other, block by block, where both have them. */
  double[] ratios(Measure measure, Condition side, Blocks others, Condition other) {
    Map<Integer, CellResult> against = others.cells.getOrDefault(other, Map.of());
    var ratios = DoubleStream.builder();
    cells
        .getOrDefault(side, Map.of())
        .forEach(
            (block, cell) -> {
              CellResult match = against.get(block);
              if (match != null) {
                ratios.add(measure.of(cell) / measure.of(match));
              }
            });
    // NaN: no figure, or nothing on either side.
    return ratios.build().filter(ratio -> !Double.isNaN(ratio)).toArray();
  }
}
