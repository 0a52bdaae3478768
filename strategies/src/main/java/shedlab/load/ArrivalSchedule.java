package shedlab.load;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * When each request is meant to start, in nanoseconds from zero, ascending. An open model: no
 * arrival waits for an answer, so a slow server cannot slow its own load down.
 *
 * <p>Immutable; safe for any thread.
 */
public final class ArrivalSchedule {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] startNanos;
  private final long lengthNanos;

  private ArrivalSchedule(long[] startNanos, long lengthNanos) {
    this.startNanos = startNanos;
    this.lengthNanos = lengthNanos;
  }

  /**
   * A Poisson process: many independent users who know nothing of each other. The same profile and
   * seed give the same nanoseconds on every JDK ({@link StrictMath}, and a generator that is the
   * same everywhere).
   */
  public static ArrivalSchedule poisson(LoadProfile profile, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return along(profile, unitExponential(random), unitExponential(random));
  }

  /** Evenly spaced; the first arrival half a gap after zero. */
  public static ArrivalSchedule constant(LoadProfile profile) {
    return along(profile, () -> 0.5, () -> 1);
  }

  /** A draw from the exponential distribution of mean 1; always above zero and finite. */
  static DoubleSupplier unitExponential(SplittableRandom random) {
    return () -> -StrictMath.log(((random.nextLong() >>> 11) + 0.5) * 0x1.0p-53);
  }

  /**
   * Walks the profile in units of expected arrivals: a gap of 1 is {@code 1/rate} seconds in the
   * segment it falls into, and one that outlasts a segment goes on in the next at that one's rate.
   */
  private static ArrivalSchedule along(
      LoadProfile profile, DoubleSupplier firstGap, DoubleSupplier nextGap) {
    long[] starts = new long[(int) Math.min(1 << 20, 64 + profile.expectedArrivals() * 1.1)];
    int count = 0;
    double segmentStart = 0;
    double gap = firstGap.getAsDouble();
    for (LoadProfile.Segment segment : profile.segments()) {
      double inSegment = segment.ratePerSecond() * segment.seconds();
      double position = 0;
      while (position + gap < inSegment) {
        position += gap;
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        double second = segmentStart + position / segment.ratePerSecond();
        starts[count++] = (long) (second * NANOS_PER_SECOND);
        gap = nextGap.getAsDouble();
      }
      gap -= inSegment - position;
      segmentStart += segment.seconds();
    }
    return new ArrivalSchedule(
        Arrays.copyOf(starts, count), (long) (segmentStart * NANOS_PER_SECOND));
  }

  /** The number of arrivals. */
  public int size() {
    return startNanos.length;
  }

  /** The intended start of arrival {@code index}, which counts from 0. */
  public long startNanos(int index) {
    return startNanos[index];
  }

  /** The end of the profile. No arrival is later. */
  public long lengthNanos() {
    return lengthNanos;
  }

  /** A copy of all intended starts. */
  public long[] toArray() {
    return startNanos.clone();
  }

  /** Arrivals in each slot of this length, from zero to the end of the profile. */
  public int[] countsPer(long slotNanos) {
    int[] counts = new int[Math.toIntExact((lengthNanos + slotNanos - 1) / slotNanos)];
    for (long start : startNanos) {
      counts[(int) Math.min(start / slotNanos, counts.length - 1)]++;
    }
    return counts;
  }
}
