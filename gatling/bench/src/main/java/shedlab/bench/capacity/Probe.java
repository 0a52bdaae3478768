package shedlab.bench.capacity;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.report.finding.FloorWords;
import shedlab.report.result.Check;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;

/**
 * One measurement of a search.
 *
 * @param id folder of its raw files below {@code cells/}
 * @param load in multiples of the capacity
 * @param confirmation false for a short probe
 * @param attempt 2 if the first was invalid
 * @param windowSeconds length of the measured window
 * @param outcomes how its requests ended
 * @param admittedLatency of 200s, in microseconds
 * @param figures what the objective bounds
 * @param kept whether the objective was kept
 * @param checks the validity certificate; empty if the measurement broke off
 * @param failure why there are no figures; null if it ran to its end
 */
record Probe(
    String id,
    double load,
    boolean confirmation,
    int attempt,
    double windowSeconds,
    Outcomes outcomes,
    Latency admittedLatency,
    List<Objective.Figure> figures,
    boolean kept,
    List<Check> checks,
    @Nullable String failure) {

  static Probe of(
      String id,
      double load,
      Search.Kind kind,
      int attempt,
      ClientSide seen,
      List<Objective.Figure> figures,
      List<Check> checks) {
    return new Probe(
        id,
        load,
        kind == Search.Kind.CONFIRMATION,
        attempt,
        seen.windowSeconds(),
        seen.outcomes(),
        seen.admittedLatency(),
        figures,
        figures.stream().allMatch(Objective.Figure::kept),
        checks,
        null);
  }

  /** A measurement without figures, which shows of no load that it keeps the objective. */
  static Probe failed(String id, double load, Search.Kind kind, int attempt, String why) {
    return new Probe(
        id,
        load,
        kind == Search.Kind.CONFIRMATION,
        attempt,
        0,
        Outcomes.NONE,
        Latency.NONE,
        List.of(),
        false,
        List.of(),
        why);
  }

  boolean valid() {
    return failure == null && checks.stream().allMatch(Check::ok);
  }

  /** The figures in words, such as {@code p99 21.3 ms, shed 0.2 %}. */
  String said() {
    return failure != null
        ? "failed: " + failure
        : figures.stream()
            .map(
                figure ->
                    figure.term()
                        + " "
                        + figure.value()
                        + (figure.machine() ? FloorWords.MARK : ""))
            .collect(Collectors.joining(", "));
  }

  /** Whether the objective was kept, in a word. */
  String verdict() {
    return failure != null ? "no answer" : kept ? "kept" : "broken";
  }

  /** The checks that did not hold, in words; empty for a valid one. */
  String broken() {
    return checks.stream()
        .filter(check -> !check.ok())
        .map(
            check ->
                String.format(
                    Locale.ROOT, "%s %s (%s)", check.name(), check.value(), check.bound()))
        .collect(Collectors.joining(", "));
  }
}
