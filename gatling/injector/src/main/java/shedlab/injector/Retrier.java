package shedlab.injector;

import java.util.SplittableRandom;
import shedlab.report.raw.ClientBehaviour;
import shedlab.simulation.Retry;

/** Decides for all clients of a job who tries again, and when. Any thread. */
final class Retrier {
  /** No further try. */
  static final long NEVER = -1;

  /** Tokens that the budget can hold, as in the simulator. */
  private static final double MOST_TOKENS = 10;

  private static final long SECOND = 1_000_000_000;

  private final Retry retry;
  private final long seed;
  private double tokens;

  Retrier(ClientBehaviour clients, long seed) {
    this.retry = Retry.parse(clients.retry());
    this.seed = seed;
  }

  /** A request is tried for the first time: it earns its share of the budget. */
  synchronized void firstTry() {
    tokens = Math.min(MOST_TOKENS, tokens + retry.budget());
  }

  /**
   * How long request {@code index} pauses before its next try, in nanoseconds; {@link #NEVER} if
   * that was its last. Only refusals and silence are tried again.
   *
   * @param tried tries so far
   * @param retryAfterSeconds what the answer asked for; 0 if nothing
   */
  long pauseNanos(int index, int tried, int status, long retryAfterSeconds) {
    boolean again = status == 429 || status == Ending.NO_STATUS;
    if (!again || tried >= retry.tries() || !spend()) {
      return NEVER;
    }
    double draw =
        retry.jitter() ? new SplittableRandom(seed ^ (index * 131L + tried)).nextDouble() : 1;
    long asked = retry.honoursRetryAfter() ? retryAfterSeconds * SECOND : 0;
    return asked + retry.pauseNanos(tried, draw);
  }

  private synchronized boolean spend() {
    if (Double.isInfinite(retry.budget())) {
      return true;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
