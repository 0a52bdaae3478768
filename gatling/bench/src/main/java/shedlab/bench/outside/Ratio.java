package shedlab.bench.outside;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import shedlab.report.statistics.Difference;
import shedlab.report.text.Numbers;

/**
 * How many times a figure is another, which was read in the same block.
 *
 * @param difference its mean over the blocks with its interval
 */
public record Ratio(Difference difference) {
  /**
   * Over the blocks in which both were read.
   *
   * @param blocks how many there are
   * @param first the figure of a block, from 1; NaN without one
   * @param second the other
   */
  public static Ratio overBlocks(
      int blocks, IntToDoubleFunction first, IntToDoubleFunction second) {
    return new Ratio(
        Difference.mean(
            IntStream.rangeClosed(1, blocks)
                .mapToDouble(
                    block ->
                        Difference.between(first.applyAsDouble(block), second.applyAsDouble(block)))
                .filter(Double::isFinite)
                .toArray()));
  }

  /** The number of blocks in which both were read. */
  public int blocks() {
    return difference.blocks();
  }

  /** The mean; NaN without blocks. */
  public double mean() {
    return Difference.ratio(difference.mean());
  }

  /** The lower end of its interval. */
  public double low() {
    return Difference.ratio(difference.interval().low());
  }

  /** The upper end; infinite if nothing bounds it. */
  public double high() {
    return Difference.ratio(difference.interval().high());
  }

  /** {@code 0.85 [0.83 to 0.88]}; without an interval if there is one block only. */
  public String text() {
    return switch (blocks()) {
      case 0 -> Numbers.NO_FIGURE;
      case 1 -> two(mean());
      default -> two(mean()) + " [" + two(low()) + " to " + two(high()) + "]";
    };
  }

  /** The same, and whether it reaches a bar: only if the whole interval does. */
  public String against(double bar) {
    if (blocks() < 2) {
      return text();
    }
    return text() + (low() >= bar ? " ✓" : high() < bar ? " ✗" : " ?");
  }

  private static String two(double value) {
    return Double.isInfinite(value) ? "∞" : Numbers.fixed(value, 2);
  }
}
