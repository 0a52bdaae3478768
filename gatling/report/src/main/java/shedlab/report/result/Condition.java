package shedlab.report.result;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import shedlab.report.text.Numbers;

/**
 * The condition of a cell, which its repeats have in common.
 *
 * @param strategy canonical text
 * @param variant {@code ""} for the plain one
 * @param load a multiple of the capacity
 */
public record Condition(String server, String strategy, String variant, double load) {
  /** The condition of a cell. */
  public static Condition of(CellResult cell) {
    return new Condition(cell.server(), cell.strategy(), cell.variant(), cell.load());
  }

  /**
   * Cells by condition, in the order of the plan; conditions that only cells name come last, and a
   * condition without a cell is left out.
   */
  public static Map<Condition, List<CellResult>> grouped(
      Manifest manifest, Collection<CellResult> cells) {
    Manifest.Grid grid = manifest.grid();
    List<String> variants = grid.variants().stream().map(Variant::name).toList();
    Map<Condition, List<CellResult>> any =
        cells.stream().collect(Collectors.groupingBy(Condition::of));
    var ordered = new LinkedHashMap<Condition, List<CellResult>>();
    for (String server : extended(grid.servers(), cells, CellResult::server)) {
      for (String strategy : extended(grid.strategies(), cells, CellResult::strategy)) {
        for (String variant : extended(variants, cells, CellResult::variant)) {
          for (double load : extended(grid.loads(), cells, CellResult::load)) {
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

  /** The planned values, then any that only cells name. */
  public static <T> List<T> extended(
      List<T> planned, Collection<CellResult> cells, Function<CellResult, T> of) {
    var all = new LinkedHashSet<T>(planned);
    cells.forEach(c -> all.add(of.apply(c)));
    return List.copyOf(all);
  }

  /**
   * Server, strategy, load, and the variant if it is not the plain one: {@code netty with `none` at
   * 2x, impatient}.
   */
  public String words() {
    String other = variant.isEmpty() ? "" : ", " + variant;
    return server + " with `" + strategy + "` at " + Numbers.load(load) + other;
  }

  /** The same under another strategy. */
  public Condition withStrategy(String other) {
    return new Condition(server, other, variant, load);
  }

  /** The same in another variant. */
  public Condition withVariant(String other) {
    return new Condition(server, strategy, other, load);
  }

  /** The same on another server. */
  public Condition withServer(String other) {
    return new Condition(other, strategy, variant, load);
  }
}
