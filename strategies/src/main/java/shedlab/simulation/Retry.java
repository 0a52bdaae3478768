package shedlab.simulation;

import java.time.Duration;

/**
 * When a client tries again after a refusal or a timeout.
 *
 * @param tries at most so many, the first included
 * @param base the longest pause before the second try; it doubles from try to try
 * @param most no pause is longer
 * @param jitter whether a pause is drawn evenly from zero to its longest ("full jitter": Brooker,
 *     AWS Architecture Blog 2015)
 * @param budget retries per first try, over all clients together: a bucket of tokens as in Finagle
 *     and the AWS SDKs; infinite for none
 * @param honoursRetryAfter whether a refusal's {@code Retry-After} comes before the pause
 */
public record Retry(
    int tries,
    Duration base,
    Duration most,
    boolean jitter,
    double budget,
    boolean honoursRetryAfter) {
  /** Never. */
  public static final Retry NONE = immediate(1);

  /** Expects at least one try and a budget that is not negative. */
  public Retry {
    ServerModel.check(tries >= 1, "tries", tries, "a whole number from 1");
    ServerModel.check(budget >= 0, "budget", budget, "a number from 0");
    ServerModel.check(!base.isNegative(), "base", base, "zero or more");
    ServerModel.check(most.compareTo(base) >= 0, "most", most, "base or more");
  }

  /** At once. */
  public static Retry immediate(int tries) {
    return new Retry(tries, Duration.ZERO, Duration.ZERO, false, Double.POSITIVE_INFINITY, false);
  }

  /** After pauses that double, with full jitter. */
  public static Retry exponential(int tries, Duration base, Duration most) {
    return new Retry(tries, base, most, true, Double.POSITIVE_INFINITY, false);
  }

  /** The same with at most so many retries per first try. */
  public Retry withBudget(double perFirstTry) {
    return new Retry(tries, base, most, jitter, perFirstTry, honoursRetryAfter);
  }

  /** The same, waiting as long as a refusal asks for. */
  public Retry honouringRetryAfter() {
    return new Retry(tries, base, most, jitter, budget, true);
  }

  /**
   * The pause after so many tries.
   *
   * @param draw from 0 to 1, for the jitter
   */
  long pauseNanos(int tried, double draw) {
    double longest =
        Math.min((double) most.toNanos(), base.toNanos() * StrictMath.pow(2, tried - 1));
    return (long) (jitter ? draw * longest : longest);
  }
}
