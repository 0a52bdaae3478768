package shedlab.retry;

import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * The field {@code Retry-After} of a refusal (RFC 9110, 10.2.3): a constant, or computed from the
 * {@link DrainTime} of the gate.
 *
 * <p>The computed value is a whole number of seconds, drawn evenly from the drain time to twice
 * that: never before the server has done what it has, and not all clients at once. The drain time
 * is rounded up, and no value is above {@value #MOST_SECONDS} s. Values without jitter send all
 * clients back at the same time (wazuh/wazuh PR 39191); the estimate and its bound are those of
 * llm-d's router (issue 2487).
 *
 * @param constantSeconds 0 if it is computed
 */
public record RetryAfter(int constantSeconds) {
  /** The least that the field can say apart from "at once". */
  public static final int LEAST_SECONDS = 1;

  /** No client is sent away for longer. */
  public static final int MOST_SECONDS = 30;

  /** From the drain time. */
  public static final RetryAfter DRAIN = new RetryAfter(0);

  private static final String DRAIN_WORD = "drain";
  private static final Parameter<Integer> SECONDS =
      Parameter.integer("", "", LEAST_SECONDS, MOST_SECONDS);
  private static final String RULE = "whole seconds from 1 to 30, or drain";

  /** Throws {@link SpecException} for an impossible value. */
  public RetryAfter {
    SpecException.check(
        constantSeconds >= 0 && constantSeconds <= MOST_SECONDS,
        "retry-after",
        constantSeconds,
        RULE);
  }

  /** A key that holds one: {@code 1} to {@code 30}, or {@code drain}. */
  public static Parameter<RetryAfter> parameter(String key, String idea) {
    return new Parameter<>(
        key,
        idea,
        RULE,
        null,
        text -> {
          if (text.equals(DRAIN_WORD)) {
            return DRAIN;
          }
          Integer seconds = SECONDS.reader().apply(text);
          return seconds == null ? null : new RetryAfter(seconds);
        },
        RetryAfter::toString);
  }

  /** True if it follows the gate. */
  public boolean isComputed() {
    return constantSeconds == 0;
  }

  /**
   * What a refusal says.
   *
   * @param drainSeconds not needed for a constant
   * @param turn a number that differs from refusal to refusal: the seed of the jitter, so that the
   *     same refusals get the same values
   */
  public int seconds(double drainSeconds, long turn) {
    if (!isComputed()) {
      return constantSeconds;
    }
    int least = (int) Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.ceil(drainSeconds)));
    int most = Math.min(MOST_SECONDS, 2 * least);
    return least + (int) (draw(turn) * (most - least + 1));
  }

  /** Uniform in {@code [0, 1)}: SplitMix64 (Steele et al., OOPSLA 2014) of a counter. */
  private static double draw(long turn) {
    long z = (turn + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
  }

  /** Its text. */
  @Override
  public String toString() {
    return isComputed() ? DRAIN_WORD : Integer.toString(constantSeconds);
  }
}
