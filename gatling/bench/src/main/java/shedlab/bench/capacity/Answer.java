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
 * @param broken the least load above it that broke the objective; null if none did
 * @param certified whether the measurements that {@code kept} and {@code broken} rest on are valid
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
    return new Answer(
        server,
        strategy,
        variant,
        capacity,
        found.kept(),
        found.broken(),
        valid(found.kept(), true, probes) && valid(found.broken(), false, probes),
        found.outOfTime(),
        seconds,
        List.copyOf(probes));
  }

  /** True if there is no such bound, or a valid measurement that says so. */
  private static boolean valid(@Nullable Double load, boolean kept, List<Probe> probes) {
    return load == null
        || probes.stream()
            .anyMatch(
                probe ->
                    probe.load() == load
                        && probe.kept() == kept
                        && probe.valid()
                        && (probe.confirmation() || !kept));
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
        ? broken == null ? "not found" : "none; broken at " + x(broken)
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
    String spoiltOnes = spoilt() == 0 ? "" : "; " + spoilt() + " spoilt, repeated once";
    String early = outOfTime ? "; the time was over" : "";
    return (certified ? "valid" : confirmation.valid() ? "upper end not valid" : "NOT VALID: ")
        + (confirmation.valid() ? "" : confirmation.broken())
        + spoiltOnes
        + early;
  }

  static String x(double load) {
    return String.format(Locale.ROOT, "%.3fx", load);
  }
}
