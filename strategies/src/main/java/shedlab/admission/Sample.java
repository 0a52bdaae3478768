package shedlab.admission;

/**
 * What one completed request teaches a {@link Limit}. Valid only during the call that passes it;
 * copy what must last.
 */
public interface Sample {
  /** When the work ended. */
  long completedNanos();

  /** Queue delay: from arrival to admission. */
  long waitedNanos();

  /** From admission to completion. */
  long elapsedNanos();

  /**
   * Service time: from the start of the work to completion; {@link #elapsedNanos} if the host does
   * not tell when work starts. The rest of elapsed was spent in the host's own queues.
   */
  default long serviceNanos() {
    return elapsedNanos();
  }

  /**
   * CPU time that the work used; {@link #serviceNanos} if the host does not tell it. That is more
   * where threads share cores or wait for something else: a policer that must not take it for CPU
   * time needs {@link Signal#REQUEST_CPU}.
   */
  default long cpuNanos() {
    return serviceNanos();
  }

  /** Requests in flight just after this one was admitted, itself included. */
  int inflight();

  /** How it ended; never {@link Outcome#IGNORED} when a {@code Limit} sees it. */
  Outcome outcome();
}
