package shedlab.bench.capacity;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shedlab.bench.run.Capacity;

/**
 * What a search found for one server under one strategy.
 *
 * @param strategy canonical text
 * @param variant empty for the plain one
 * @param capacity what 1x means
 * @param kept the greatest load that a confirming run kept, in multiples of the capacity; null if
 *     there is none
 * @param broken the least load above it that broke the objective in a valid measurement; null if
 *     none did
 * @param certified whether the confirming run is valid
 * @param outOfTime whether the search would have gone on
 * @param seconds what it took, the calibration included if it was the server's first
 * @param probes every measurement, in order
 */
record Answer(
    String server,
    String strategy,
    String variant,
    Capacity capacity,
    @Nullable Double kept,
    @Nullable Double broken,
    boolean certified,
    boolean outOfTime,
    double seconds,
    List<Probe> probes) {

  static Answer of(
      String server,
      String strategy,
      String variant,
      Capacity capacity,
      Search.Found found,
      double seconds,
      List<Probe> probes) {
    Double kept = found.kept();
    return new Answer(
        server,
        strategy,
        variant,
        capacity,
        kept,
        leastBrokenAbove(kept == null ? 0 : kept, probes),
        kept != null
            && probes.stream()
                .anyMatch(
                    probe ->
                        probe.load() == kept
                            && probe.confirmation()
                            && probe.kept()
                            && probe.valid()),
        found.outOfTime(),
        seconds,
        List.copyOf(probes));
  }

  /** A spoilt measurement looks worse than the server is: that it broke the objective is no end. */
  private static @Nullable Double leastBrokenAbove(double load, List<Probe> probes) {
    return probes.stream()
        .filter(probe -> probe.valid() && !probe.kept() && probe.load() > load)
        .map(Probe::load)
        .min(Double::compare)
        .orElse(null);
  }

  /** The measurement that the answer rests on; null without an answer. */
  @Nullable Probe confirmation() {
    return kept == null
        ? null
        : probes.stream()
            .filter(probe -> probe.load() == kept && probe.confirmation() && probe.kept())
            .reduce((first, last) -> last)
            .orElse(null);
  }

  /** Measurements that the machine spoilt. */
  long spoilt() {
    return probes.stream().filter(probe -> !probe.valid()).count();
  }

  /** The greatest load with its interval, such as {@code 0.91x [0.91x to 0.93x]}. */
  String loads() {
    return kept == null
        ? (outOfTime ? "not found" : "none") + (broken == null ? "" : "; broken at " + x(broken))
        : x(kept) + " [" + x(kept) + " to " + (broken == null ? "not found" : x(broken)) + "]";
  }

  /** The same in requests per second. */
  String rates() {
    return kept == null
        ? "–"
        : String.format(
            Locale.ROOT,
            "%.0f/s [%.0f to %s]",
            kept * capacity.perSecond(),
            kept * capacity.perSecond(),
            broken == null
                ? "not found"
                : String.format(Locale.ROOT, "%.0f/s", broken * capacity.perSecond()));
  }

  /** Whether one can rely on it, in words. */
  String certificate() {
    Probe confirmation = confirmation();
    if (confirmation == null) {
      return "no answer";
    }
    String spoiltOnes =
        spoilt() == 0 ? "" : "; " + spoilt() + " of " + probes.size() + " measurements spoilt";
    return (certified ? "valid" : "NOT VALID: " + confirmation.broken())
        + spoiltOnes
        + (outOfTime ? "; the time was over" : "");
  }

  static String x(double load) {
    return String.format(Locale.ROOT, "%.3fx", load);
  }
}
