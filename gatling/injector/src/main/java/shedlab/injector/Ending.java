package shedlab.injector;

/** How one intended request ended, as the client saw it. */
enum Ending {
  /** 200 within the deadline from the intended start. */
  GOOD,
  /** 200 after the deadline. */
  LATE,
  /** 429. */
  SHED,
  /** Any other status. */
  OTHER,
  /** No status within the client's timeout. */
  TIMEOUT,
  /** No status, earlier than the timeout: refused, reset, closed or never sent. */
  TRANSPORT;

  /** The {@code status} of a request that got none. */
  static final int NO_STATUS = 0;

  /**
   * The ending of a request with this status.
   *
   * @param responseNanos from the intended start
   * @param lastedNanos from the actual start
   */
  static Ending of(
      int status, long responseNanos, long lastedNanos, long deadlineNanos, long timeoutNanos) {
    return switch (status) {
      case 200 -> responseNanos <= deadlineNanos ? GOOD : LATE;
      case 429 -> SHED;
      case NO_STATUS -> lastedNanos >= timeoutNanos ? TIMEOUT : TRANSPORT;
      default -> OTHER;
    };
  }

  /** True for a 200. */
  boolean admitted() {
    return this == GOOD || this == LATE;
  }
}
