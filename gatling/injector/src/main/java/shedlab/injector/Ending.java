package shedlab.injector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one intended request ended, as the client saw it. */
enum Ending {
  /** 200 within the deadline from the intended start. */
  GOOD,
  /** 200 after the deadline. */
  LATE,
  /** 429, or another status with which the server says no. */
  SHED,
  /** Any other status. */
  OTHER,
  /** No status within the client's timeout. */
  TIMEOUT,
  /** No status, earlier than the timeout: refused, reset, closed or never sent. */
  TRANSPORT;

  /** The {@code status} of a request that got none. */
  static final int NO_STATUS = 0;

  /** The {@code status} of a refusal, whichever status a server has for it. */
  static final int REFUSED = 429;

  /** Of a 429 of a server that says no in another way: whatever it means, it is no refusal. */
  private static final int OTHER_429 = 599;

  /**
   * The status that counts.
   *
   * @param answered null if no answer came
   * @param refusals the statuses with which this server says no
   */
  static int told(@Nullable Integer answered, List<Integer> refusals) {
    if (answered == null) {
      return NO_STATUS;
    }
    if (refusals.contains(answered)) {
      return REFUSED;
    }
    return answered == REFUSED ? OTHER_429 : answered;
  }

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
      case REFUSED -> SHED;
      case NO_STATUS -> lastedNanos >= timeoutNanos ? TIMEOUT : TRANSPORT;
      default -> OTHER;
    };
  }

  /** True for a 200. */
  boolean admitted() {
    return this == GOOD || this == LATE;
  }
}
