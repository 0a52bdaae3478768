package shedlab.report.variant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import shedlab.report.finding.VariantWords;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Ratio;
import shedlab.report.result.CellResult;
import shedlab.report.result.Condition;
import shedlab.report.result.Latency;
import shedlab.report.result.Variant;
import shedlab.report.statistics.Median;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** The variants of a run side by side. */
public final class VariantSection {
  /** Less wasted work than that has no column. */
  private static final double LITTLE = 0.01;

  private final Subject run;
  private final VariantWords words;
  private final List<Row> rows;
  private final boolean strategies;
  private final boolean loads;
  private final boolean plain;
  private final boolean wasted;
  private final boolean health;

  private VariantSection(Subject run, VariantWords words) {
    this.run = run;
    this.words = words;
    this.strategies = !words.ofOneStrategy();
    this.rows = rows(run, strategies);
    this.loads = !strategies && run.summary.loads().size() > 1;
    this.plain = rows.stream().anyMatch(row -> !beside(row).equals(Numbers.NO_FIGURE));
    this.wasted =
        strategies && rows.stream().anyMatch(row -> row.get(Metric.WASTED_SHARE) >= LITTLE);
    this.health = run.cells.stream().anyMatch(cell -> cell.clientSide().healthz() != null);
  }

  /** Of a run with one strategy, which is about its variants; nothing with too few blocks. */
  public static Optional<Section> ofOneStrategy(Subject run) {
    VariantWords words = words(run);
    return !words.ofOneStrategy() || words.isEmpty()
        ? Optional.empty()
        : new VariantSection(run, words).section();
  }

  /** Of a run that compares strategies in several variants; nothing with too few blocks. */
  public static Optional<Section> ofSeveralStrategies(Subject run) {
    VariantWords words = words(run);
    long variants =
        run.summary.variants().stream().filter(name -> !name.equals(Variant.TWIN)).count();
    return words.ofOneStrategy() || variants < 2 || !run.ranked() || !run.refusals.words().isEmpty()
        ? Optional.empty()
        : new VariantSection(run, words).section();
  }

  private static VariantWords words(Subject run) {
    return VariantWords.of(run.pairs, run.refusals, run.names, run.verdict.referenceLoad());
  }

  private static List<Row> rows(Subject run, boolean strategies) {
    return run.summary.rows().stream()
        .filter(row -> row.hasFigures() && !row.variant().equals(Variant.TWIN))
        .filter(row -> !StrategyNames.composition(row.strategy()).admitsNobody())
        .filter(row -> !strategies || row.load() == run.verdict.referenceLoad())
        .sorted(
            Comparator.comparingInt((Row row) -> run.summary.servers().indexOf(row.server()))
                .thenComparingInt(row -> run.summary.strategies().indexOf(row.strategy()))
                .thenComparingDouble(Row::load))
        .toList();
  }

  private Optional<Section> section() {
    Table table = table();
    boolean few = table.rows().stream().flatMap(List::stream).anyMatch(c -> c.text().endsWith("*"));
    return Section.of(
        "variants",
        "Variants",
        Section.title(words.isEmpty() ? "" : words.title(), "Every strategy in every variant"),
        Part.table(table),
        Part.small(
            "Goodput in % of the capacity"
                + (strategies ? " " + run.at() : "")
                + (plain
                    ? ", and its ratio to that of `plain` in the same blocks with its 95 % interval"
                        + " and the verdict"
                    : "")
                + "; medians of the valid runs."
                + (wasted
                    ? " Wasted: of the tasks that were done, those whose answer came too late or had"
                        + " nobody waiting for it."
                    : "")
                + (health
                    ? " `/healthz` never passes the gate: how late a health check is answered."
                    : "")
                + (few ? " * fewer than 1000 samples in a run: a p99 not to be quoted." : "")),
        Part.small(run.floor.legend()),
        Part.human("variants"));
  }

  private Table table() {
    List<String> columns = new ArrayList<>();
    columns.addAll(run.summary.servers().size() > 1 || !strategies ? List.of("server") : List.of());
    columns.addAll(strategies ? List.of("strategy") : List.of());
    columns.addAll(loads ? List.of("load") : List.of());
    columns.add("variant");
    int ofWords = columns.size();
    columns.add("goodput");
    columns.addAll(plain ? List.of("beside `plain`") : List.of());
    columns.addAll(wasted ? List.of("wasted") : List.of());
    columns.addAll(List.of("p99 of 200s, ms", "p99 of 429s, ms"));
    columns.addAll(health ? List.of("p99 of `/healthz`, ms") : List.of());
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows) {
      List<String> cells = new ArrayList<>();
      cells.addAll(columns.contains("server") ? List.of(row.server()) : List.of());
      cells.addAll(strategies ? List.of(run.names.code(row.strategy())) : List.of());
      cells.addAll(loads ? List.of(Numbers.load(row.load())) : List.of());
      cells.add(Prose.variant(row.variant()));
      cells.add(Numbers.percent(row.get(Metric.GOODPUT_SHARE)));
      cells.addAll(plain ? List.of(beside(row)) : List.of());
      cells.addAll(wasted ? List.of(Numbers.percent(row.get(Metric.WASTED_SHARE))) : List.of());
      cells.add(p99(row.admitted()));
      cells.add(p99(row.shed()));
      cells.addAll(health ? List.of(p99(health(row))) : List.of());
      lines.add(cells);
    }
    return Table.of(columns, ofWords, lines);
  }

  private String beside(Row row) {
    return run.pairs.of(Pair.Kind.VARIANT, Metric.GOODPUT).stream()
        .filter(pair -> pair.side().equals(row.condition()))
        .map(Ratio::text)
        .findFirst()
        .orElse(Numbers.NO_FIGURE);
  }

  private String p99(Latency latency) {
    return latency.count() == 0
        ? Numbers.NO_FIGURE
        : run.floor.millis(latency.p99(), Latency::p99) + (latency.supportsP99() ? "" : "*");
  }

  /** The median of the runs; as many samples as the run with the fewest. */
  private Latency health(Row row) {
    List<Latency> runs =
        run.cells.stream()
            .filter(cell -> cell.valid() && Condition.of(cell).equals(row.condition()))
            .map(CellResult::clientSide)
            .flatMap(client -> Stream.ofNullable(client.healthz()))
            .toList();
    if (runs.isEmpty()) {
      return Latency.NONE;
    }
    long fewest = runs.stream().mapToLong(Latency::count).min().orElse(0);
    long p99 = Math.round(Median.ofFinite(runs.stream().mapToDouble(Latency::p99)));
    return new Latency(fewest, 0, 0, p99, 0, 0, 0);
  }
}
