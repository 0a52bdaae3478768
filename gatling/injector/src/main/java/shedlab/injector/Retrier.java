package shedlab.injector;

import java.util.SplittableRandom;
import shedlab.report.raw.ClientBehaviour;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.RetryBudget;

/** Decides for all clients of a job who tries again, and when. Any thread. */
final class Retrier {
  /** No further try. */
  static final long NEVER = -1;

  private static final long SECOND = 1_000_000_000;

  private final Retry retry;
  private final RetryBudget budget;
  private final long seed;

  Retrier(ClientBehaviour clients, long seed) {
    this.retry = Retry.parse(clients.retry());
    this.budget = new RetryBudget(retry.budget());
    this.seed = seed;
  }

  /** A request is tried for the first time: it earns its share of the budget. */
  synchronized void firstTry() {
    budget.earn();
  }

  /**
   * How long request {@code index} pauses before its next try, in nanoseconds; {@link #NEVER} if
   * that was its last. Only refusals and silence are tried again.
   *
   * @param tried tries so far
   * @param retryAfterSeconds what the answer asked for; 0 if nothing
   */
  long pauseNanos(int index, int tried, int status, long retryAfterSeconds) {
    boolean again = status == Ending.REFUSED || status == Ending.NO_STATUS;
    if (!again || tried >= retry.tries() || !spend()) {
      return NEVER;
    }
    double draw =
        retry.jitter() ? new SplittableRandom(seed ^ (index * 131L + tried)).nextDouble() : 1;
    long asked = retry.honoursRetryAfter() ? retryAfterSeconds * SECOND : 0;
    return asked + retry.pauseNanos(tried, draw);
  }

  private synchronized boolean spend() {
    return budget.spend();
  }
}
