package shedlab.load;

import java.util.Arrays;

/**
 * When each request is meant to start, in nanoseconds from zero, ascending. An open model: no
 * arrival waits for an answer, so a slow server cannot slow its own load down.
 *
 * <p>Immutable; safe for any thread.
 */
public final class ArrivalSchedule {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] startNanos;

  /** Relative sizes; empty if all are 1. */
  private final double[] works;

  private final long lengthNanos;

  private ArrivalSchedule(long[] startNanos, double[] works, long lengthNanos) {
    this.startNanos = startNanos;
    this.works = works;
    this.lengthNanos = lengthNanos;
  }

  /**
   * A Poisson process: many independent users. The same profile and seed give the same nanoseconds
   * on every JDK ({@link StrictMath}, and a generator that is the same everywhere).
   */
  public static ArrivalSchedule poisson(LoadProfile profile, long seed) {
    return of(ArrivalProcess.poisson(), profile, seed);
  }

  /** Evenly spaced; the first arrival half a gap after zero. */
  public static ArrivalSchedule constant(LoadProfile profile) {
    return of(ArrivalProcess.constant(), profile, 0);
  }

  /** All arrivals of this process along the profile. */
  public static ArrivalSchedule of(ArrivalProcess process, LoadProfile profile, long seed) {
    long[] starts = new long[(int) Math.min(1 << 20, 64 + profile.expectedArrivals() * 1.1)];
    double[] works = new double[process.isSized() ? starts.length : 0];
    int count = 0;
    Arrivals arrivals = process.along(profile, seed);
    for (long next = arrivals.nextNanos(); next != Arrivals.END; next = arrivals.nextNanos()) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        works = Arrays.copyOf(works, 2 * works.length);
      }
      if (works.length > 0) {
        works[count] = arrivals.work();
      }
      starts[count++] = next;
    }
    return new ArrivalSchedule(
        Arrays.copyOf(starts, count),
        Arrays.copyOf(works, Math.min(count, works.length)),
        (long) (profile.seconds() * NANOS_PER_SECOND));
  }

  /**
   * Every {@code of}-th arrival, at its own time: those whose index leaves {@code rest} if it is
   * divided by {@code of}. The parts for 0 to {@code of - 1} together are the whole.
   */
  public ArrivalSchedule part(int rest, int of) {
    int count = Math.max(0, (size() - rest + of - 1) / of);
    long[] starts = new long[count];
    double[] sizes = new double[Math.min(count, works.length)];
    for (int i = 0; i < count; i++) {
      starts[i] = startNanos[rest + i * of];
      if (sizes.length > 0) {
        sizes[i] = works[rest + i * of];
      }
    }
    return new ArrivalSchedule(starts, sizes, lengthNanos);
  }

  /** The number of arrivals. */
  public int size() {
    return startNanos.length;
  }

  /** The intended start of arrival {@code index}, which counts from 0. */
  public long startNanos(int index) {
    return startNanos[index];
  }

  /** The size of arrival {@code index}, beside what a law of sizes draws; 1 in the mean. */
  public double work(int index) {
    return works.length == 0 ? 1 : works[index];
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
