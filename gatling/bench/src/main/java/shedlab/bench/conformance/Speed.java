package shedlab.bench.conformance;

import java.io.IOException;
import java.time.Duration;
import shedlab.bench.conformance.raw.Answer;
import shedlab.bench.conformance.raw.NoAnswerException;

/**
 * How long work takes alone, without what a request takes anyway.
 *
 * @param units a number of units
 * @param nanos what they take
 * @param moreNanos what {@value #MORE} times as many take
 * @param seen whether it is long enough to be told from noise
 */
record Speed(int units, long nanos, long moreNanos, boolean seen) {
  static final int MORE = 4;

  /** Between them is what {@value #MORE} times the units take, in times of what the units take. */
  static final double LEAST_GROWTH = 2;

  static final double MOST_GROWTH = 8;

  private static final int FEWEST = 250;
  private static final int MOST = 1_000_000;
  private static final int TIMES = 3;

  /**
   * Finds out, with more and more units until their work takes as long as {@link Bounds#task}. The
   * least of some times counts: only another program makes work slower. As long as the growth is
   * not right, it looks again, within the time of an answer.
   */
  static Speed of(Tried target) throws IOException {
    long request = least(target, 1);
    long enough = target.bounds().task().toNanos();
    int units = FEWEST;
    long nanos = least(target, units) - request;
    while (nanos < enough && units * MORE <= MOST) {
      units *= MORE;
      nanos = least(target, units) - request;
      nanos = nanos < enough ? nanos : least(target, units) - request; // it may have been cold
    }
    long end = System.nanoTime() + target.bounds().answer().toNanos();
    long moreNanos = least(target, units * MORE) - request;
    Speed speed = new Speed(units, Math.max(1, nanos), Math.max(1, moreNanos), nanos >= enough);
    while (!speed.isLinear() && System.nanoTime() - end < 0) {
      speed = speed.orLess(nanos(target, units) - request, nanos(target, units * MORE) - request);
    }
    return speed;
  }

  private Speed orLess(long again, long moreAgain) {
    return new Speed(
        units,
        Math.max(1, Math.min(nanos, again)),
        Math.max(1, Math.min(moreNanos, moreAgain)),
        seen);
  }

  private static long least(Tried target, int units) throws IOException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      least = Math.min(least, nanos(target, units));
    }
    return least;
  }

  private static long nanos(Tried target, int units) throws IOException {
    long begin = System.nanoTime();
    Answer answer = target.askAlone(units);
    long nanos = System.nanoTime() - begin;
    if (answer.status() != 200) {
      throw new NoAnswerException(answer.shown() + " to " + units + " units");
    }
    return nanos;
  }

  /** How often as long more units take. */
  double growth() {
    return (double) moreNanos / nanos;
  }

  /** Whether the time grows with the units, by a generous measure. */
  boolean isLinear() {
    return seen && growth() >= LEAST_GROWTH && growth() <= MOST_GROWTH;
  }

  /**
   * How many units take so long; at least one, and no more than this program checks quickly. A few
   * if nobody knows.
   */
  int unitsOf(Duration time) {
    if (!seen) {
      return FEWEST;
    }
    double units = (double) time.toNanos() * units() * MORE / moreNanos;
    return (int) Math.max(1, Math.min(MOST, units));
  }
}
