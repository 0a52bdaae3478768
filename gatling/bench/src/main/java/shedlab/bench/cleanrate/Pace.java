package shedlab.bench.cleanrate;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.pair.Pairs;

/**
 * How much is measured, and how long.
 *
 * @param blocks how often everything is measured
 * @param warmUp seconds of rising load on both sides, which are new in every visit
 * @param window seconds of a measurement, behind a lead-in
 * @param attempts a rate that is not clean is measured again, as a run measures an invalid cell
 * @param bisections between the greatest clean rate and the next
 * @param rates per second, rising
 */
record Pace(int blocks, int warmUp, int window, int attempts, int bisections, List<Integer> rates) {
  /** At which the CPU time of a request is told for every number of generators. */
  static final List<Integer> FIXED = List.of(1_000, 3_000);

  /** No search goes on beyond it. */
  static final int MOST_PER_SECOND = 100_000;

  /** A cold load generator is late for about twenty seconds. */
  static final Pace WHOLE = new Pace(3, 24, 5, 2, 3, rising());

  /** No evidence: one block, and generators that are hardly warm. */
  static final Pace QUICK = new Pace(1, 10, 2, 1, 1, rising());

  static final double LEAD_IN = 1;

  /** Until a load has been set up, started and evaluated. */
  private static final double AROUND_SECONDS = 4;

  private static final double START_SECONDS = 4;

  /** Most searches end by then. */
  private static final int USUAL_RATES = 8;

  Pace {
    rates = List.copyOf(rates);
  }

  private static List<Integer> rising() {
    List<Integer> rates = new ArrayList<>(List.of(1_000, 2_000, 3_000, 4_000, 6_000, 8_000));
    for (int rate = 10_000; rate <= MOST_PER_SECOND; rate = rate * 5 / 4 / 500 * 500) {
      rates.add(rate);
    }
    return rates;
  }

  /** About how long a visit takes. */
  double visitSeconds() {
    int loads = Math.min(USUAL_RATES, rates.size()) + attempts * (1 + bisections);
    return START_SECONDS + warmUp + loads * (LEAD_IN + window + AROUND_SECONDS);
  }

  /** Whether there are enough blocks for an interval. */
  boolean evidence() {
    return blocks >= Pairs.LEAST_BLOCKS;
  }
}
