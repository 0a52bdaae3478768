package shedlab.gatling.report;

import shedlab.gatling.result.Summary.Row;

/**
 * When the goodput of two rows is called different. With one run each, nothing is known about the
 * spread: only differences above {@value #SINGLE_RUN_PERCENT} % count. With repeats, the ranges of
 * the runs must not overlap, and the medians must differ by {@value #REPEATED_PERCENT} % or more:
 * with few repeats, ranges part by chance too often to be trusted alone.
 */
final class Noise {
  static final int SINGLE_RUN_PERCENT = 10;
  static final int REPEATED_PERCENT = 5;

  private Noise() {}

  /** True if the difference may be spoken of. */
  static boolean different(Row a, Row b) {
    double greater = Math.max(a.goodputShare(), b.goodputShare());
    double percent = 100 * Math.abs(a.goodputShare() - b.goodputShare()) / greater;
    if (a.valid() < 2 || b.valid() < 2) {
      return percent > SINGLE_RUN_PERCENT;
    }
    boolean apart = a.goodputMin() > b.goodputMax() || b.goodputMin() > a.goodputMax();
    return apart && percent >= REPEATED_PERCENT;
  }

  /** The rule in a sentence. */
  static String rule(int repeats) {
    return repeats < 2
        ? "One run each: differences under about " + SINGLE_RUN_PERCENT + " % are noise."
        : "Figures are medians of up to "
            + repeats
            + " runs; two strategies are called different only if their runs do not overlap and"
            + " their medians differ by "
            + REPEATED_PERCENT
            + " % or more.";
  }
}
