package shedlab.bench.protocols;

import shedlab.report.pair.Pairs;

/**
 * How long everything takes, in milliseconds.
 *
 * @param blocks how often everything is measured
 * @param below warm-up below saturation, shared by the loads: as long for every process, or the one
 *     with more to warm would look faster
 * @param saturated warm-up in saturation after that, shared likewise
 * @param window of a measurement, about
 * @param burst new connections that are opened at once; the accept queue holds 1,024
 */
record Pace(int blocks, int below, int saturated, int window, int burst) {
  static final Pace WHOLE = new Pace(3, 4_000, 8_000, 2_000, 256);

  /** No evidence: one block says nothing about what differs between processes. */
  static final Pace QUICK = new Pace(1, 600, 300, 400, 64);

  /** The start of a server, a key included, and the readings before and after each load. */
  private static final double START_SECONDS = 2;

  private static final double READING_SECONDS = 0.45;

  /** About how long a visit takes. */
  double seconds(Visit visit) {
    return START_SECONDS
        + (below + saturated) / 1e3
        + visit.loads().size() * (window / 1e3 + READING_SECONDS);
  }

  /** Whether there are enough blocks for an interval. */
  boolean evidence() {
    return blocks >= Pairs.LEAST_BLOCKS;
  }
}
