package shedlab.report.clock;

/**
 * One question to another clock, in nanoseconds. Each clock counts from a zero of its own.
 *
 * @param sentNanos this clock when the question left
 * @param thereNanos the other clock at some moment before the answer came
 * @param receivedNanos this clock when the answer had come
 */
public record ClockExchange(long sentNanos, long thereNanos, long receivedNanos) {
  /** Throws {@link IllegalArgumentException} if the answer came before the question left. */
  public ClockExchange {
    if (receivedNanos - sentNanos < 0) {
      throw new IllegalArgumentException(
          "round trip: " + (receivedNanos - sentNanos) + " ns (expected: 0 or more)");
    }
  }

  /** How long it took. */
  public long roundTripNanos() {
    return receivedNanos - sentNanos;
  }

  /** What it says of the offset: the other clock was read somewhere on the way. */
  public ClockOffset offset() {
    return ClockOffset.between(thereNanos - receivedNanos, thereNanos - sentNanos);
  }
}
