package shedlab.report.clock;

import java.util.Comparator;
import java.util.List;

/**
 * How far another clock is ahead of this one, in nanoseconds. Readings of either clock mean nothing
 * but by their differences, so an offset may be any number.
 *
 * @param offsetNanos the other clock's reading minus this one's at the same instant
 * @param uncertaintyNanos the true offset differs from {@code offsetNanos} by at most so much
 */
public record ClockOffset(long offsetNanos, long uncertaintyNanos) {
  /** Of a clock to itself. */
  public static final ClockOffset SAME = new ClockOffset(0, 0);

  /** Throws {@link IllegalArgumentException} if the uncertainty is negative. */
  public ClockOffset {
    if (uncertaintyNanos < 0) {
      throw new IllegalArgumentException(
          "uncertaintyNanos: " + uncertaintyNanos + " (expected: 0 or more)");
    }
  }

  /**
   * What several exchanges say: the one with the least round trip, for what was delayed on the way
   * says less.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ClockOffset of(List<ClockExchange> exchanges) {
    return exchanges.stream()
        .min(Comparator.comparingLong(ClockExchange::roundTripNanos))
        .map(ClockExchange::offset)
        .orElseThrow(() -> new IllegalArgumentException("exchanges: 0 (expected: 1 or more)"));
  }

  /** An offset of which only a least and a greatest value are known. */
  static ClockOffset between(long least, long greatest) {
    long half = (greatest - least) / 2;
    return new ClockOffset(least + half, greatest - least - half);
  }

  /** The other clock's reading when this one says {@code hereNanos}. */
  public long there(long hereNanos) {
    return hereNanos + offsetNanos;
  }

  /** This clock's reading when the other says {@code thereNanos}. */
  public long here(long thereNanos) {
    return thereNanos - offsetNanos;
  }

  /** True if both may be the same offset. */
  public boolean mayEqual(ClockOffset other) {
    return Math.abs(other.offsetNanos - offsetNanos) <= uncertaintyNanos + other.uncertaintyNanos;
  }

  /**
   * The offset during all of a time, of which this is one end and {@code other} the other, if it
   * has changed steadily.
   */
  public ClockOffset spanning(ClockOffset other) {
    return between(
        Math.min(offsetNanos - uncertaintyNanos, other.offsetNanos - other.uncertaintyNanos),
        Math.max(offsetNanos + uncertaintyNanos, other.offsetNanos + other.uncertaintyNanos));
  }

  /**
   * By so much two things may lie apart that were to happen at one instant, each by a clock of its
   * own: the sum of the two greatest uncertainties.
   */
  public static long apartNanos(List<ClockOffset> clocks) {
    return clocks.stream()
        .map(ClockOffset::uncertaintyNanos)
        .sorted(Comparator.reverseOrder())
        .limit(2)
        .mapToLong(nanos -> nanos)
        .sum();
  }
}
