package shedlab.report.metastable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** What a map shows, in sentences and bounds. */
final class MapFindings {
  /**
   * The load that sentences are about: without retries a service without shedding works off the
   * backlog of every trigger in time, so that only what keeps an overload alive is seen.
   */
  private static final double SPOKEN_OF = 0.8;

  private static final String NONE = "none";

  private final List<MapPoint> points;

  MapFindings(List<MapPoint> points) {
    this.points = points;
  }

  /** A retry policy in words. */
  String words(String retry) {
    return new RetryWords(retries()).of(retry);
  }

  List<String> strategies() {
    return points.stream().map(MapPoint::strategy).distinct().toList();
  }

  List<String> retries() {
    return points.stream().map(MapPoint::retry).distinct().toList();
  }

  List<Double> loads() {
    return points.stream().map(MapPoint::load).distinct().sorted().toList();
  }

  List<Double> triggers() {
    return points.stream().map(MapPoint::triggerSeconds).distinct().sorted().toList();
  }

  /** The load of the sentences: the nearest to 0.8x that there is. */
  double load() {
    return loads().stream()
        .min(Comparator.comparingDouble(load -> Math.abs(load - SPOKEN_OF)))
        .orElse(SPOKEN_OF);
  }

  Optional<MapPoint> point(String strategy, String retry, double load, double trigger) {
    return points.stream()
        .filter(p -> p.strategy().equals(strategy) && p.retry().equals(retry))
        .filter(p -> p.load() == load && p.triggerSeconds() == trigger)
        .findFirst();
  }

  /** The shortest trigger after which a service mostly does not come back; 0: without any. */
  OptionalDouble bound(String strategy, String retry, double load) {
    return points.stream()
        .filter(p -> p.strategy().equals(strategy) && p.retry().equals(retry))
        .filter(p -> p.load() == load && !p.returns())
        .mapToDouble(MapPoint::triggerSeconds)
        .min();
  }

  /** The longest median time of recovery under a load, over all triggers. */
  OptionalDouble slowest(String strategy, String retry, double load) {
    return points.stream()
        .filter(p -> p.strategy().equals(strategy) && p.retry().equals(retry))
        .filter(p -> p.load() == load && Double.isFinite(p.recoverySeconds()))
        .mapToDouble(MapPoint::recoverySeconds)
        .max();
  }

  /** Strategies that come back under every load and retry policy, after every trigger. */
  List<String> alwaysBack() {
    return strategies().stream()
        .filter(
            strategy ->
                points.stream()
                    .filter(point -> point.strategy().equals(strategy))
                    .allMatch(MapPoint::returns))
        .toList();
  }

  /** The finding, a sentence each. */
  List<String> sentences() {
    List<String> all = new ArrayList<>();
    if (strategies().contains(NONE)) {
      withoutShedding().ifPresent(all::add);
    }
    back().ifPresent(all::add);
    notBack().ifPresent(all::add);
    return all;
  }

  /** What `none` does under each retry policy. */
  private Optional<String> withoutShedding() {
    Map<Double, List<String>> down = new TreeMap<>();
    List<String> up = new ArrayList<>();
    for (String retry : retries()) {
      String named = words(retry);
      bound(NONE, retry, load())
          .ifPresentOrElse(
              bound -> down.computeIfAbsent(bound, b -> new ArrayList<>()).add(named),
              () -> up.add(named + within(slowest(NONE, retry, load()))));
    }
    String at = "Without shedding, at " + Numbers.load(load()) + " the service ";
    String every = "came back after every overload of up to " + seconds(longest());
    if (down.isEmpty()) {
      return Optional.of(at + every + ".");
    }
    List<String> bounds = new ArrayList<>();
    down.forEach((bound, retries) -> bounds.add(after(bound) + " with " + Prose.list(retries)));
    return Optional.of(
        at
            + "does not come back by itself within a minute "
            + String.join(", and ", bounds)
            + (up.isEmpty() ? "" : "; it " + every + " with " + Prose.list(up))
            + "."
            + collapses());
  }

  /** The least load under which `none` fails without any trigger. */
  private String collapses() {
    return points.stream()
        .filter(p -> p.strategy().equals(NONE) && p.triggerSeconds() == 0 && !p.returns())
        .min(Comparator.comparingDouble(MapPoint::load))
        .map(
            p ->
                " At "
                    + Numbers.load(p.load())
                    + " with "
                    + words(p.retry())
                    + " most runs collapse within a minute without any trigger.")
        .orElse("");
  }

  private static String within(OptionalDouble slowest) {
    return slowest.isPresent() ? " (within " + time(slowest.getAsDouble()) + ")" : "";
  }

  private Optional<String> back() {
    List<String> always = alwaysBack();
    if (always.isEmpty()) {
      return Optional.empty();
    }
    double slowest =
        points.stream()
            .filter(point -> always.contains(point.strategy()))
            .mapToDouble(MapPoint::recoverySeconds)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    return Optional.of(
        Prose.list(always.stream().map(name -> "`" + name + "`").toList())
            + " came back under every load and retry policy after every overload of up to "
            + seconds(longest())
            + ", in at most "
            + time(slowest)
            + " (median of the runs).");
  }

  /** The other strategies, with where they stay down. */
  private Optional<String> notBack() {
    List<String> always = alwaysBack();
    List<String> parts = new ArrayList<>();
    for (String strategy : strategies()) {
      if (strategy.equals(NONE) || always.contains(strategy)) {
        continue;
      }
      List<MapPoint> down =
          points.stream().filter(p -> p.strategy().equals(strategy) && !p.returns()).toList();
      MapPoint first =
          down.stream()
              .min(
                  Comparator.comparingDouble(MapPoint::load)
                      .thenComparingDouble(MapPoint::triggerSeconds))
              .orElseThrow();
      parts.add(
          "`"
              + strategy
              + "` from "
              + Numbers.load(first.load())
              + " on ("
              + after(first.triggerSeconds())
              + ", "
              + words(first.retry())
              + ")");
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("The others stayed down: " + Prose.list(parts) + ".");
  }

  private double longest() {
    return triggers().stream().mapToDouble(t -> t).max().orElse(0);
  }

  static String after(double trigger) {
    return trigger == 0 ? "even without a trigger" : "after " + seconds(trigger) + " of overload";
  }

  static String seconds(double seconds) {
    return Numbers.plain(seconds) + " s";
  }

  /** A time of recovery, to a tenth of a second. */
  static String time(double seconds) {
    return seconds(Math.round(seconds * 10) / 10.0);
  }

  /** The strategies' texts on this server, in the order of the strategies. */
  Stream<String> texts() {
    return strategies().stream()
        .map(
            name ->
                points.stream()
                    .filter(point -> point.strategy().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .text());
  }
}
