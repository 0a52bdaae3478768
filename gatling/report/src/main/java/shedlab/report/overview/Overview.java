package shedlab.report.overview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import shedlab.report.metric.Metric;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.pair.Pairs;
import shedlab.report.raw.Floor;
import shedlab.report.result.Condition;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * Goodput of each strategy divided by the reference's, in every condition of the published runs
 * that are evidence, on real servers, with the reference of the default run. The ratios, intervals
 * and verdicts are those of each run's {@code pairs.csv}; nothing is pooled over runs.
 *
 * @param reference canonical text
 * @param strategies those that {@value #LEAST_RUNS} runs or more compare with it, canonical
 * @param rows the conditions that have one of these, in the order of the runs' names, the default
 *     run first
 */
record Overview(String reference, List<String> strategies, List<Row> rows) {
  /** A strategy that fewer runs have says little of the field. */
  static final int LEAST_RUNS = 3;

  private static final String PLAN = "plan.json";

  /**
   * A condition, which the strategies of a run have in common.
   *
   * @param run the name of its folder
   * @param words what happens there: experiment, server, load and variant, as far as the run has
   *     several
   * @param pairs of each strategy with the reference
   */
  record Row(String run, String words, Map<String, Pair> pairs) {
    /** The pair of a strategy that was compared here. */
    Optional<Pair> pair(String strategy) {
      return Optional.ofNullable(pairs.get(strategy));
    }
  }

  /**
   * What is published in a folder; empty if the default run is not there or has no reference.
   *
   * @throws IOException if a published run cannot be read
   */
  static Optional<Overview> of(Path results) throws IOException {
    Path first = results.resolve(RunFiles.REFERENCE);
    if (!Files.exists(first.resolve(PLAN))) {
      return Optional.empty();
    }
    String reference = RunFiles.open(first).manifest().grid().reference();
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    for (Path folder : published(results)) {
      RunFiles run = RunFiles.open(folder);
      if (belongs(run.manifest(), reference)) {
        rows.addAll(rows(run));
      }
    }
    List<String> strategies = often(rows);
    rows.removeIf(row -> strategies.stream().noneMatch(row.pairs()::containsKey));
    return Optional.of(new Overview(reference, strategies, List.copyOf(rows)));
  }

  private static boolean belongs(Manifest plan, String reference) {
    return plan.grid().reference().equals(reference)
        && plan.purpose().evidence()
        && !plan.setUp().simulated();
  }

  private static List<Path> published(Path results) throws IOException {
    try (Stream<Path> all = Files.list(results)) {
      return all.filter(folder -> RunFiles.isPublished(folder.getFileName().toString()))
          .filter(folder -> Files.exists(folder.resolve(PLAN)))
          .sorted()
          .toList();
    }
  }

  private static List<Row> rows(RunFiles run) throws IOException {
    Pairs pairs = Pairs.of(run.manifest(), run.cells(), Floor.read(run.folder()));
    Map<Condition, Map<String, Pair>> byCondition = new LinkedHashMap<>();
    for (Pair pair : pairs.of(Kind.STRATEGY, Metric.GOODPUT)) {
      byCondition
          .computeIfAbsent(pair.side().withStrategy(""), any -> new LinkedHashMap<>())
          .put(pair.side().strategy(), pair);
    }
    return byCondition.entrySet().stream()
        .map(row -> new Row(run.name(), words(run.manifest(), row.getKey()), row.getValue()))
        .toList();
  }

  private static String words(Manifest plan, Condition condition) {
    Manifest.Grid grid = plan.grid();
    List<String> words = new ArrayList<>(List.of(plan.purpose().experiment()));
    if (grid.servers().size() > 1) {
      words.add(condition.server());
    }
    if (grid.loads().size() > 1) {
      words.add(Numbers.load(condition.load()));
    }
    if (grid.variants().size() > 1) {
      words.add(Prose.variant(condition.variant()));
    }
    return String.join(", ", words);
  }

  private static List<String> often(List<Row> rows) {
    Map<String, Set<String>> runs = new LinkedHashMap<>();
    for (Row row : rows) {
      for (String strategy : row.pairs().keySet()) {
        runs.computeIfAbsent(strategy, any -> new LinkedHashSet<>()).add(row.run());
      }
    }
    return runs.entrySet().stream()
        .filter(each -> each.getValue().size() >= LEAST_RUNS)
        .map(Map.Entry::getKey)
        .toList();
  }
}
