package shedlab.bench.experiment;

import shedlab.spec.SpecException;

/**
 * What a target does by itself: {@code own}, or {@code own:limit=4} where it takes a limit.
 *
 * @param limit 0 for its default
 */
public record OwnStrategy(int limit) {
  /** The strategy's name. */
  public static final String NAME = "own";

  private static final String WITH_LIMIT = NAME + ":limit=";

  /** True for the text of one. */
  public static boolean is(String strategy) {
    return strategy.equals(NAME) || strategy.startsWith(NAME + ":");
  }

  /**
   * Reads it.
   *
   * @throws SpecException if it is none
   */
  public static OwnStrategy parse(String strategy) {
    if (strategy.equals(NAME)) {
      return new OwnStrategy(0);
    }
    String limit = strategy.startsWith(WITH_LIMIT) ? strategy.substring(WITH_LIMIT.length()) : "";
    SpecException.check(
        limit.matches("[1-9][0-9]{0,5}"),
        "strategies",
        strategy,
        NAME + " or " + WITH_LIMIT + "N, a whole number from 1 to 999999");
    return new OwnStrategy(Integer.parseInt(limit));
  }

  @Override
  public String toString() {
    return limit == 0 ? NAME : WITH_LIMIT + limit;
  }
}
