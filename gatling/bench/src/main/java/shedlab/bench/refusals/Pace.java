package shedlab.bench.refusals;

import shedlab.report.pair.Pairs;

/**
 * How long everything takes, in whole seconds, because wrk knows no others.
 *
 * @param blocks how often everything is measured; as many forwards as backwards
 * @param below warm-up below saturation, shared by the kinds of answers: as long for every process,
 *     or the one with more to warm would look faster
 * @param saturated warm-up in saturation after that, shared by the loads that saturate
 * @param offered of each load that comes at a rate, before it is measured: whichever comes first
 *     after saturation costs the server a third to two thirds of a second of CPU time more
 * @param window of a measurement
 * @param cold of the measurement that begins with the first request
 */
record Pace(int blocks, int below, int saturated, int offered, int window, int cold) {
  static final Pace WHOLE = new Pace(4, 8, 4, 4, 2, 4);

  /** No evidence: one block says nothing about what differs between processes. */
  static final Pace QUICK = new Pace(1, 4, 0, 0, 1, 2);

  /** The start of a server and the readings before and after each load. */
  private static final double START_SECONDS = 1.5;

  private static final double READING_SECONDS = 0.15;

  /** About how long a visit takes. */
  double seconds(Visit visit) {
    if (!visit.subject().warmed()) {
      return START_SECONDS + visit.loads().size() * (cold + READING_SECONDS);
    }
    return START_SECONDS
        + below
        + saturated
        + visit.offered().size() * (offered + READING_SECONDS)
        + visit.loads().size() * (window + READING_SECONDS);
  }

  /** Whether there are enough blocks for an interval. */
  boolean evidence() {
    return blocks >= Pairs.LEAST_BLOCKS;
  }
}
