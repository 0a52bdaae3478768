package shedlab.load;

import java.util.function.IntSupplier;

/**
 * The requests of a load, drawn once: when each starts and how much work it asks for. Whoever draws
 * from the same load and seed gets the same, so any number of simulations may share it.
 *
 * <p>Immutable; safe for any thread.
 */
public final class DrawnRequests {
  private final long seed;
  private final ArrivalSchedule starts;
  private final int[] units;

  private DrawnRequests(long seed, ArrivalSchedule starts, int[] units) {
    this.seed = seed;
    this.starts = starts;
    this.units = units;
  }

  /** All requests of a profile. */
  public static DrawnRequests of(
      ArrivalProcess process, LoadProfile profile, ServiceLaw law, long seed) {
    ArrivalSchedule starts = ArrivalSchedule.of(process, profile, seed);
    return new DrawnRequests(seed, starts, law.units(starts, seed));
  }

  /** What they were drawn from. */
  public long seed() {
    return seed;
  }

  /** How many. */
  public int size() {
    return units.length;
  }

  /** Their starts, from the first: what {@link ArrivalProcess#along} gives. */
  public Arrivals starts() {
    return new Arrivals() {
      private int next;

      @Override
      public long nextNanos() {
        return next == units.length ? END : starts.startNanos(next++);
      }
    };
  }

  /** Their sizes, from the first: what {@link ServiceLaw#units} gives. */
  public IntSupplier units() {
    return new IntSupplier() {
      private int next;

      @Override
      public int getAsInt() {
        return units[next++];
      }
    };
  }
}
