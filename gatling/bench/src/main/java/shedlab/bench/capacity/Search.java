package shedlab.bench.capacity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The search for the greatest load that keeps an objective: the load is doubled (or halved) until
 * the answer changes, the gap is halved on the scale of logarithms, and what was found is measured
 * once more, for longer and with other arrivals. A longer measurement outranks the short ones. Not
 * thread-safe.
 */
final class Search {
  /** Where the search begins, in multiples of the capacity; likewise the next two. */
  static final double START = 0.5;

  static final double LEAST = 0.125;
  static final double MOST = 4;

  /** The search ends when its bounds are so close. */
  static final double RESOLUTION = 1.03;

  private static final int MOST_CONFIRMATIONS = 5;

  /** A way to measure. */
  enum Kind {
    PROBE,
    CONFIRMATION
  }

  /** What is searched. */
  interface Subject {
    /** Measures a load: true if it keeps the objective. */
    boolean keeps(double load, Kind kind) throws IOException;

    /** How long such a measurement would take. */
    double seconds(double load, Kind kind);

    /** What is left of the time for the whole search. */
    double secondsLeft();
  }

  /**
   * What was found.
   *
   * @param kept the greatest load that a confirmation kept; null if there is none
   * @param broken the least load above it that broke the objective; null if none did
   * @param outOfTime whether the search would have gone on
   */
  record Found(@Nullable Double kept, @Nullable Double broken, boolean outOfTime) {}

  private final Subject subject;
  private final List<Double> broken = new ArrayList<>();
  private double low;
  private double confirmedBroken = Double.POSITIVE_INFINITY;
  private boolean outOfTime;

  private Search(Subject subject) {
    this.subject = subject;
  }

  /** Searches until the bounds are close, or the time is over. */
  static Found in(Subject subject) throws IOException {
    Search search = new Search(subject);
    search.bracket();
    search.bisect();
    double kept = search.low > 0 ? search.confirm() : 0;
    double above = search.leastBrokenAbove(kept);
    return new Found(
        kept > 0 ? kept : null, Double.isFinite(above) ? above : null, search.outOfTime);
  }

  /** Doubles or halves until one load keeps the objective and one breaks it. */
  private void bracket() throws IOException {
    double load = START;
    while (load >= LEAST && load <= MOST && timeForProbe(load)) {
      boolean kept = probe(load);
      if (low > 0 && !broken.isEmpty()) {
        return;
      }
      load = kept ? 2 * load : load / 2;
    }
  }

  private void bisect() throws IOException {
    double high = leastBrokenAbove(low);
    while (low > 0 && Double.isFinite(high) && high > RESOLUTION * low) {
      double middle = Math.sqrt(low * high);
      if (!timeForProbe(middle)) {
        return;
      }
      probe(middle);
      high = leastBrokenAbove(low);
    }
  }

  private boolean probe(double load) throws IOException {
    boolean kept = subject.keeps(load, Kind.PROBE);
    if (kept) {
      low = Math.max(low, load);
    } else {
      broken.add(load);
    }
    return kept;
  }

  /**
   * Down from the best probe, in growing steps, until a load is confirmed; then up, until one is
   * confirmed to break it. The confirmed load, or 0.
   */
  private double confirm() throws IOException {
    int left = MOST_CONFIRMATIONS;
    double step = RESOLUTION;
    double load = low;
    boolean kept = false;
    while (left > 0 && load >= LEAST && timeForConfirmation(load)) {
      left--;
      kept = confirm(load);
      if (kept) {
        break;
      }
      load /= step;
      step *= step;
    }
    double confirmed = kept ? load : 0;
    while (kept && left > 0) {
      double above = leastBrokenAbove(confirmed);
      if (!Double.isFinite(above) || above == confirmedBroken) {
        break;
      }
      double next = Math.min(above, RESOLUTION * confirmed);
      if (!timeForConfirmation(next)) {
        break;
      }
      left--;
      if (!confirm(next)) {
        break;
      }
      confirmed = next;
    }
    return confirmed;
  }

  private boolean confirm(double load) throws IOException {
    boolean kept = subject.keeps(load, Kind.CONFIRMATION);
    if (!kept) {
      broken.add(load);
      confirmedBroken = Math.min(confirmedBroken, load);
    }
    return kept;
  }

  private double leastBrokenAbove(double load) {
    return broken.stream()
        .mapToDouble(Double::doubleValue)
        .filter(each -> each > load)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * Without the time for a confirmation, a probe leads to nothing. One that only narrows the bounds
   * leaves time for two: the first may break the objective, and a search should not end without an
   * answer for that.
   */
  private boolean timeForProbe(double load) {
    int confirmations = low > 0 && !broken.isEmpty() ? 2 : 1;
    double confirmation = subject.seconds(low > 0 ? low : load, Kind.CONFIRMATION);
    return timeFor(subject.seconds(load, Kind.PROBE) + confirmations * confirmation);
  }

  private boolean timeForConfirmation(double load) {
    return timeFor(subject.seconds(load, Kind.CONFIRMATION));
  }

  private boolean timeFor(double seconds) {
    boolean enough = seconds <= subject.secondsLeft();
    outOfTime |= !enough;
    return enough;
  }
}
