package shedlab.report.finding;

import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.pair.Pairs;

/**
 * Decides when the goodput of two rows is called different. With few runs each it never is, because
 * too little is known about the spread between runs. With {@link Pairs#LEAST_BLOCKS} or more, the
 * ranges of the runs must not overlap, and the medians must differ by {@value #REPEATED_PERCENT} %
 * or more.
 */
public final class Noise {
  public static final int REPEATED_PERCENT = 5;

  private Noise() {}

  /** True if the difference may be reported. */
  public static boolean different(Row a, Row b) {
    if (Math.min(a.valid(), b.valid()) < Pairs.LEAST_BLOCKS) {
      return false;
    }
    double greater = Math.max(a.get(Metric.GOODPUT_SHARE), b.get(Metric.GOODPUT_SHARE));
    double percent =
        100 * Math.abs(a.get(Metric.GOODPUT_SHARE) - b.get(Metric.GOODPUT_SHARE)) / greater;
    boolean apart =
        a.get(Metric.GOODPUT_MIN) > b.get(Metric.GOODPUT_MAX)
            || b.get(Metric.GOODPUT_MIN) > a.get(Metric.GOODPUT_MAX);
    return apart && percent >= REPEATED_PERCENT;
  }

  /** The rule in a sentence. */
  public static String rule(int repeats) {
    if (repeats < 2) {
      return "One run of each cell: the spread between runs is unknown, so nothing is ranked.";
    }
    return repeats < Pairs.LEAST_BLOCKS
        ? "Figures are medians of up to "
            + repeats
            + " runs, too few to tell a difference from chance, so nothing is ranked."
        : "Figures are medians of up to "
            + repeats
            + " runs; two strategies are called different only if their runs do not overlap and"
            + " their medians differ by "
            + REPEATED_PERCENT
            + " % or more.";
  }
}
