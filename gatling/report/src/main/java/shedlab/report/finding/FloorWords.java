package shedlab.report.finding;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shedlab.report.pair.Pair;
import shedlab.report.raw.Floor;
import shedlab.report.result.Latency;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * What tables, charts and sentences say of the machine's noise floor. Nothing at all if the run did
 * not measure it.
 *
 * @param floor of the run
 */
public record FloorWords(Floor floor) {
  /** Marks a percentile that cannot be told from the machine's own; behind its figure. */
  public static final String MARK = " machine";

  /** A percentile of response times in milliseconds, marked if it is the machine's. */
  public String millis(long micros, ToLongFunction<Latency> percentile) {
    return Numbers.millis(micros) + mark(micros, percentile);
  }

  /** The mark of a percentile of response times; empty if it may be the subject's. */
  public String mark(long micros, ToLongFunction<Latency> percentile) {
    return floor.covers(percentile, micros) ? MARK : "";
  }

  /**
   * The mark of a comparison of response times; empty if both may be the subject's.
   *
   * @param first what the first of the two is called; likewise the next
   */
  public static String mark(Pair pair, String first, String second) {
    return switch (pair.machine()) {
      case NEITHER -> "";
      case FIRST -> MARK + " (" + first + ")";
      case SECOND -> MARK + " (" + second + ")";
      case BOTH -> MARK;
    };
  }

  /** Beside the level of a chart. */
  public String level(String name, ToLongFunction<Latency> percentile) {
    return "machine's floor " + name + " = " + Numbers.millis(floor.at(percentile)) + " ms";
  }

  /** What the mark means; empty if there is none. */
  public String legend() {
    return floor.measured()
        ? "`machine`: at most twice this machine's noise floor at the same percentile ("
            + figures(floor::at)
            + "), so not to be told from what the machine itself adds."
        : "";
  }

  /** What it means for the figures of the run; nothing if it was not measured. */
  public Stream<String> threat() {
    return floor.measured()
        ? Stream.of(
            "The machine adds to every response time. A thread on an idle CPU woke late by "
                + measurements()
                + ". A percentile of up to "
                + Floor.FACTOR
                + " times the greatest that any CPU had is marked `machine` in tables: it says nothing"
                + " of a strategy or a server.")
        : Stream.empty();
  }

  /** How it was measured. */
  public String method() {
    return floor.measured()
        ? " What the machine itself adds was measured on every CPU while it was idle: how late a"
            + " thread wakes from a sleep of 1 ms, "
            + times()
            + "; at worst "
            + figures(floor::at)
            + "."
        : "";
  }

  private String times() {
    boolean after = floor.parts().stream().anyMatch(p -> p.when() == Floor.When.AFTER);
    return after ? "before the run and at its end" : "before the run";
  }

  /** The worst CPU of each time. */
  private String measurements() {
    return Prose.list(
        Stream.of(Floor.When.values())
            .flatMap(
                when ->
                    floor.parts().stream()
                        .filter(part -> part.when() == when)
                        .max(Comparator.comparingLong(part -> part.late().p99()))
                        .stream())
            .map(
                part ->
                    figures(of -> of.applyAsLong(part.late()))
                        + " "
                        + part.when()
                        + " the cells ("
                        + part.where()
                        + ")")
            .toList());
  }

  private interface Of {
    long at(ToLongFunction<Latency> percentile);
  }

  private static String figures(Of of) {
    record Named(String name, ToLongFunction<Latency> percentile) {}
    return List.of(
            new Named("p50", Latency::p50),
            new Named("p99", Latency::p99),
            new Named("most", Latency::max))
        .stream()
        .map(n -> n.name() + " " + Numbers.millis(Math.max(1, of.at(n.percentile()))) + " ms")
        .collect(Collectors.joining(", "));
  }
}
