package shedlab.report.result;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What repeats of a cell have in common.
 *
 * @param strategy canonical text
 * @param variant {@code ""} for the plain way
 * @param load a multiple of the capacity
 */
public record Condition(String server, String strategy, String variant, double load) {
  /** That of a cell. */
  public static Condition of(CellResult cell) {
    return new Condition(cell.server(), cell.strategy(), cell.variant(), cell.load());
  }

  /** Cells by condition, in the order of these lists; a condition without a cell is left out. */
  static Map<Condition, List<CellResult>> grouped(
      Collection<CellResult> cells,
      List<String> servers,
      List<String> strategies,
      List<String> variants,
      List<Double> loads) {
    Map<Condition, List<CellResult>> any =
        cells.stream().collect(Collectors.groupingBy(Condition::of));
    var ordered = new LinkedHashMap<Condition, List<CellResult>>();
    for (String server : servers) {
      for (String strategy : strategies) {
        for (String variant : variants) {
          for (double load : loads) {
            var condition = new Condition(server, strategy, variant, load);
            List<CellResult> repeats = any.get(condition);
            if (repeats != null) {
              ordered.put(condition, repeats);
            }
          }
        }
      }
    }
    return ordered;
  }

  /** The same under another strategy. */
  Condition withStrategy(String other) {
    return new Condition(server, other, variant, load);
  }

  /** The same in another way. */
  Condition withVariant(String other) {
    return new Condition(server, strategy, other, load);
  }

  /** The same on another server. */
  Condition withServer(String other) {
    return new Condition(other, strategy, variant, load);
  }
}
