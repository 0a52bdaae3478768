package shedlab.report.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import shedlab.report.compare.Obstacle;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.Manifest;
import shedlab.report.result.Variant;
import shedlab.report.text.StrategyNames;

/**
 * The runs of a question that can be compared with the newest that has any such, and the course of
 * their headline figures: for each server, strategy and variant at the highest load that two of
 * them, and at least half, have measured in three blocks or more.
 *
 * @param runs the oldest first; fewer than two if there is no history
 * @param others how many runs that are evidence cannot be compared with these
 * @param obstacle why the newest two runs cannot be compared, if no two can
 */
record History(List<PastRun> runs, int others, Optional<String> obstacle, List<Trend> trends) {
  /** Comparisons within a server: their band is that of its own twins. */
  private static final Set<Pair.Kind> ONE_SERVER = Set.of(Pair.Kind.STRATEGY, Pair.Kind.VARIANT);

  /** What of a run is needed to follow its figures. */
  private record Known(PastRun run, Map<Condition, List<CellResult>> cells, Pairs pairs) {
    static Known of(PastRun run) {
      Manifest plan = run.files().manifest();
      List<CellResult> cells = run.files().cells();
      return new Known(run, Condition.grouped(plan, cells), Pairs.of(plan, cells, run.floor()));
    }

    /** The figure of a condition; none with too few valid blocks that have it. */
    Optional<RunFigure> figure(Headlined figure, Condition condition) {
      Metric metric = figure.metric();
      List<Double> blocks =
          cells.getOrDefault(condition, List.of()).stream()
              .filter(CellResult::valid)
              .map(cell -> metric.of(cell))
              .filter(Double::isFinite)
              .toList();
      if (blocks.size() < Pairs.LEAST_BLOCKS) {
        return Optional.empty();
      }
      double mean = blocks.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
      boolean machines =
          metric.percentile().filter(of -> run.floor().covers(of, Math.round(mean))).isPresent();
      return Optional.of(
          new RunFigure(run, blocks, band(figure.compared(), condition.server()), machines));
    }

    private double band(Metric measure, String server) {
      return pairs.pairs().stream()
          .filter(pair -> ONE_SERVER.contains(pair.kind()) && pair.measure() == measure)
          .filter(pair -> pair.side().server().equals(server))
          .mapToDouble(pair -> pair.claim().band())
          .reduce(Precision.of(run.files().manifest()).share(), Math::max);
    }
  }

  /**
   * Of the runs of a question.
   *
   * @param runs the best first; of two copies of a run, the first counts
   */
  static History of(Collection<PastRun> runs) {
    Map<String, PastRun> once = new LinkedHashMap<>();
    runs.stream()
        .filter(run -> run.files().manifest().purpose().evidence())
        .filter(run -> !run.files().cells().isEmpty())
        .forEach(run -> once.putIfAbsent(run.files().manifest().run(), run));
    List<PastRun> newestFirst = once.values().stream().sorted(PastRun.BY_TIME.reversed()).toList();
    for (PastRun newest : newestFirst) {
      List<PastRun> alike =
          newestFirst.stream()
              .filter(run -> Obstacle.between(run.files(), newest.files()).isEmpty())
              .sorted(PastRun.BY_TIME)
              .toList();
      if (alike.size() > 1) {
        return new History(
            alike, newestFirst.size() - alike.size(), Optional.empty(), trends(alike));
      }
    }
    Optional<String> obstacle =
        newestFirst.size() < 2
            ? Optional.empty()
            : Obstacle.between(newestFirst.get(1).files(), newestFirst.get(0).files()).stream()
                .map(Obstacle::text)
                .findFirst();
    return new History(newestFirst.stream().limit(1).toList(), 0, obstacle, List.of());
  }

  private static List<Trend> trends(List<PastRun> runs) {
    List<Known> known = runs.stream().map(Known::of).toList();
    List<Trend> trends = new ArrayList<>();
    for (Headlined figure : Headlined.all()) {
      for (Condition subject : subjects(known)) {
        trend(known, figure, subject).ifPresent(trends::add);
      }
    }
    return List.copyOf(trends);
  }

  /** Servers, strategies and variants, those of the newest run first; the load is not of it. */
  private static List<Condition> subjects(List<Known> known) {
    return Stream.iterate(known.size() - 1, i -> i >= 0, i -> i - 1)
        .flatMap(i -> known.get(i).cells().keySet().stream())
        .filter(condition -> !condition.variant().equals(Variant.TWIN))
        .filter(condition -> !StrategyNames.composition(condition.strategy()).admitsNobody())
        .map(condition -> at(condition, 0))
        .distinct()
        .toList();
  }

  private static Condition at(Condition subject, double load) {
    return new Condition(subject.server(), subject.strategy(), subject.variant(), load);
  }

  /** At the highest load that two runs, and half of those that have any, have in common. */
  private static Optional<Trend> trend(List<Known> known, Headlined figure, Condition subject) {
    Map<Double, List<RunFigure>> byLoad = new TreeMap<>(Comparator.reverseOrder());
    int having = 0;
    for (Known run : known) {
      boolean any = false;
      for (Condition condition : run.cells().keySet()) {
        if (at(condition, 0).equals(subject)) {
          Optional<RunFigure> found = run.figure(figure, condition);
          found.ifPresent(
              f -> byLoad.computeIfAbsent(condition.load(), l -> new ArrayList<>()).add(f));
          any |= found.isPresent();
        }
      }
      having += any ? 1 : 0;
    }
    int half = having;
    return byLoad.entrySet().stream()
        .filter(at -> at.getValue().size() > 1 && 2 * at.getValue().size() >= half)
        .findFirst()
        .map(at -> new Trend(figure, at(subject, at.getKey()), List.copyOf(at.getValue())));
  }
}
