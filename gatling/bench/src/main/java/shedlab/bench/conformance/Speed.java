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
 * @param enough a time that can be told from noise
 */
record Speed(int units, long nanos, long moreNanos, long enough) {
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
    long request = Long.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      request = Math.min(request, nanos(target, 1));
    }
    long end = System.nanoTime() + target.bounds().answer().toNanos();
    int units = FEWEST;
    Speed speed = of(target, units, request, end);
    while (!speed.isSeen() && units * MORE <= MOST) {
      units *= MORE;
      speed = of(target, units, request, end);
    }
    return speed;
  }

  private static Speed of(Tried target, int units, long request, long end) throws IOException {
    Speed speed =
        new Speed(units, Long.MAX_VALUE, Long.MAX_VALUE, target.bounds().task().toNanos());
    for (int i = 0; i < TIMES || (speed.isDoubtful() && System.nanoTime() - end < 0); i++) {
      speed = speed.orLess(nanos(target, units) - request, nanos(target, units * MORE) - request);
    }
    return speed;
  }

  private Speed orLess(long again, long moreAgain) {
    return new Speed(
        units,
        Math.max(1, Math.min(nanos, again)),
        Math.max(1, Math.min(moreNanos, moreAgain)),
        enough);
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

  private boolean isSeen() {
    return nanos >= enough;
  }

  private boolean isDoubtful() {
    return isSeen() && !isLinear();
  }

  /** Whether the time grows with the units, by a generous measure. */
  boolean isLinear() {
    return isSeen() && growth() >= LEAST_GROWTH && growth() <= MOST_GROWTH;
  }

  /**
   * How many units take so long; at least one, and no more than this program checks quickly. A few
   * if nobody knows.
   */
  int unitsOf(Duration time) {
    if (!isSeen()) {
      return FEWEST;
    }
    double units = (double) time.toNanos() * units() * MORE / moreNanos;
    return (int) Math.max(1, Math.min(MOST, units));
  }
}
