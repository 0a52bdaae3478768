package shedlab.simulation.model;

/**
 * A retry budget, as in Finagle and the AWS SDKs: each first try earns a share of a token, each
 * retry spends a whole one. Starts empty and holds at most ten tokens. Not thread-safe.
 */
public final class RetryBudget {
  private static final double MOST_TOKENS = 10;

  private final double perFirstTry;
  private double tokens;

  /** An empty one; an infinite share means that retries are not limited. */
  public RetryBudget(double perFirstTry) {
    this.perFirstTry = perFirstTry;
  }

  /** A request is tried for the first time. */
  public void earn() {
    tokens = Math.min(MOST_TOKENS, tokens + perFirstTry);
  }

  /** Spends one token; false if there is none, and the request must not be tried again. */
  public boolean spend() {
    if (Double.isInfinite(perFirstTry)) {
      return true;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
