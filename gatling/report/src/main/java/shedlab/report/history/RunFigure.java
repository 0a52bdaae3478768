package shedlab.report.history;

import java.util.List;
import shedlab.report.statistics.Difference;

/**
 * A figure of one run: the mean over its blocks.
 *
 * @param blocks the figure in each valid block that has it
 * @param band a difference of up to so much, as a share, is noise: the run's precision, or how far
 *     its identical (A/A) cells differ, whichever is more
 * @param machines whether it cannot be told from the machine's own noise floor
 */
record RunFigure(PastRun run, List<Double> blocks, double band, boolean machines) {
  private Difference mean() {
    return Difference.mean(values());
  }

  /** Each block's, as the statistics take them. */
  double[] values() {
    return blocks.stream().mapToDouble(value -> value).toArray();
  }

  /** The mean of the blocks. */
  double value() {
    return mean().mean();
  }

  /** The lower end of its 95 % interval (Student's t). */
  double low() {
    return value() - mean().halfWidth();
  }

  /** The upper end. */
  double high() {
    return value() + mean().halfWidth();
  }
}
