package shedlab.bench.log;

/**
 * A request in an access log.
 *
 * @param startMicros when it began, from 1970
 * @param wholeSecond whether the log has times in whole seconds only: the request began within the
 *     second that begins at {@code startMicros}
 * @param status of the answer
 * @param durationMicros how long it took, waiting included; {@link #UNKNOWN} if the log does not
 *     say
 * @param route what it asked for; {@link Route#UNKNOWN} if the log does not say
 */
record LogEntry(
    long startMicros, boolean wholeSecond, int status, long durationMicros, String route) {
  /** In place of a duration. */
  static final long UNKNOWN = -1;

  /** An answer of the service: not a refusal, a failure or a client that left (408, 499). */
  boolean answered() {
    return status >= 200 && status < 500 && status != 408 && status != 429 && status != 499;
  }

  /** A refusal: 429 or 503. */
  boolean refused() {
    return status == 429 || status == 503;
  }

  /** The same at another time. */
  LogEntry startingAt(long micros) {
    return new LogEntry(micros, wholeSecond, status, durationMicros, route);
  }

  boolean timed() {
    return durationMicros != UNKNOWN;
  }
}
