package shedlab.bench.league;

import java.util.OptionalDouble;

/**
 * The rule by which a service is back after a trigger.
 *
 * <p>The run with the trigger is held against the same run without it: same arrivals, same sizes,
 * same seed. In both, goodput is looked at in windows of a second, every quarter of a second. A
 * window is good if the run with the trigger has at least 95 % of the goodput of the other, and at
 * least half of the offered load: a service that has collapsed without any trigger is not back. The
 * service is back with the first good window after the trigger from which on, for ten seconds, 85 %
 * of the windows are good: a quarter of a second without answers spoils four of 37.
 *
 * <p>Why against a twin and not against the offered load: a second has some two hundred requests,
 * which vary by seven per cent from second to second, and a strategy that refuses a few per cent
 * without any trigger is back when it does so again.
 */
final class Recovery {
  /** Rows in a second. */
  static final int PER_SECOND = 4;

  /** How long a service must stay back, in seconds. */
  static final int STAYS_SECONDS = 10;

  private static final double NEAR = 0.95;
  private static final double ALIVE = 0.5;
  private static final double MOSTLY = 0.85;

  private final boolean[] good;

  /**
   * Judges a course from the end of the trigger on.
   *
   * @param answered in time, in rows of a quarter of a second
   * @param twin the same without the trigger
   * @param offered first tries
   */
  Recovery(long[] answered, long[] twin, long[] offered) {
    good = new boolean[Math.max(0, answered.length - PER_SECOND + 1)];
    for (int i = 0; i < good.length; i++) {
      long own = sum(answered, i);
      good[i] = own >= NEAR * sum(twin, i) && own >= ALIVE * sum(offered, i);
    }
  }

  private static long sum(long[] rows, int from) {
    long sum = 0;
    for (int i = from; i < from + PER_SECOND; i++) {
      sum += rows[i];
    }
    return sum;
  }

  /** Seconds until the service is back; nothing if that is later than this, or never. */
  OptionalDouble seconds(double atMost) {
    for (int i = 0; i <= Math.min(atMost * PER_SECOND, good.length - 1); i++) {
      if (good[i] && holds(i, STAYS_SECONDS)) {
        return OptionalDouble.of((double) i / PER_SECOND);
      }
    }
    return OptionalDouble.empty();
  }

  /** Whether 85 % of the windows are good from a row on, for so long. */
  boolean holds(int from, int seconds) {
    int to = from + seconds * PER_SECOND - PER_SECOND + 1;
    if (to > good.length) {
      return false;
    }
    int count = 0;
    for (int i = from; i < to; i++) {
      count += good[i] ? 1 : 0;
    }
    return count >= MOSTLY * (to - from);
  }
}
