package shedlab.bench.refusals;

import shedlab.report.pair.Pairs;

/**
 * How long everything takes, in whole seconds, because wrk knows no others.
 *
 * @param blocks how often everything is measured
 * @param below warm-up below saturation, shared by the kinds of answers: as long for every process,
 *     or the one with more to warm would look faster
 * @param saturated warm-up in saturation after that, shared by the loads that saturate
 * @param window of a measurement
 * @param cold of the measurement that begins with the first request
 */
record Pace(int blocks, int below, int saturated, int window, int cold) {
  static final Pace WHOLE = new Pace(3, 8, 4, 2, 4);

  /** No evidence: one block says nothing about what differs between processes. */
  static final Pace QUICK = new Pace(1, 4, 0, 1, 2);

  /** The start of a server and the readings before and after each load. */
  private static final double START_SECONDS = 1.5;

  private static final double READING_SECONDS = 0.15;

  /** About how long a visit takes. */
  double seconds(Visit visit) {
    if (!visit.subject().warmed()) {
      return START_SECONDS + visit.loads().size() * (cold + READING_SECONDS);
    }
    return START_SECONDS + below + saturated + visit.loads().size() * (window + READING_SECONDS);
  }

  /** Whether there are enough blocks for an interval. */
  boolean evidence() {
    return blocks >= Pairs.LEAST_BLOCKS;
  }
}
