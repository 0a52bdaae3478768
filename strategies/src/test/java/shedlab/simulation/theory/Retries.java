package shedlab.simulation.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * The load that results from retries. A try fails with probability {@code p}, independent of the
 * others.
 */
public final class Retries {
  private static final int STEPS = 100_000;

  private Retries() {}

  /** Tries per request: {@code (1 - p^tries) / (1 - p)}. */
  public static double amplification(double failing, int tries) {
    double sum = 0;
    double next = 1;
    for (int i = 0; i < tries; i++) {
      sum += next;
      next *= failing;
    }
    return sum;
  }

  /**
   * The fixed point of the rate of tries: {@code rate = first * amplification(1 -
   * completed(rate)/rate)}. From {@code first} it climbs to the least such rate, from {@code first
   * * tries} it falls to the greatest. If they differ, the system is metastable: a trigger lifts it
   * from one to the other and it stays there (Bronson et al., HotOS 2021).
   *
   * @param first requests per unit of time
   * @param completed tries that succeed per unit of time, as a function of the rate of tries; as a
   *     share of the rate it must not grow with it
   * @param from the initial rate of tries
   */
  public static double settles(
      double first, int tries, DoubleUnaryOperator completed, double from) {
    double rate = from;
    for (int i = 0; i < STEPS; i++) {
      double failing = Math.max(0, 1 - completed.applyAsDouble(rate) / rate);
      rate = first * amplification(failing, tries);
    }
    return rate;
  }

  /** The most tries that a retry budget allows. */
  public static double budgeted(double first, double budget) {
    return first * (1 + budget);
  }
}
