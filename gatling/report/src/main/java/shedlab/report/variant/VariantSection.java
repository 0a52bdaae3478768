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

/** The variants of a run with one strategy side by side: that is what such a run asks. */
public final class VariantSection {
  private final Subject run;
  private final VariantWords words;
  private final boolean health;

  private VariantSection(Subject run, VariantWords words) {
    this.run = run;
    this.words = words;
    this.health = run.cells.stream().anyMatch(cell -> cell.clientSide().healthz() != null);
  }

  /** Nothing for a run that compares strategies, or has too few blocks. */
  public static Optional<Section> of(Subject run) {
    VariantWords words = VariantWords.of(run.pairs, run.refusals);
    return words.isEmpty() ? Optional.empty() : new VariantSection(run, words).section();
  }

  private Optional<Section> section() {
    Table table = table();
    boolean few = table.rows().stream().flatMap(List::stream).anyMatch(c -> c.text().endsWith("*"));
    return Section.of(
        "variants",
        "Variants",
        Section.title(words.title(), "What the variants change"),
        Part.table(table),
        Part.small(
            "Goodput in % of the capacity, and its ratio to that of `plain` in the same blocks with"
                + " its 95 % interval and the verdict; medians of the valid runs."
                + (health
                    ? " `/healthz` never passes the gate: how late a health check is answered."
                    : "")
                + (few ? " * fewer than 1000 samples in a run: a p99 not to be quoted." : "")),
        Part.small(run.floor.legend()),
        Part.human("variants"));
  }

  private Table table() {
    boolean loads = run.summary.loads().size() > 1;
    List<String> columns = new ArrayList<>(List.of("server"));
    columns.addAll(loads ? List.of("load") : List.of());
    columns.add("variant");
    int ofWords = columns.size();
    columns.addAll(List.of("goodput", "beside `plain`", "p99 of 200s, ms", "p99 of 429s, ms"));
    columns.addAll(health ? List.of("p99 of `/healthz`, ms") : List.of());
    List<List<String>> rows = new ArrayList<>();
    List<Row> sorted =
        run.summary.rows().stream()
            .filter(row -> row.hasFigures() && !row.variant().equals(Variant.TWIN))
            .filter(row -> row.strategy().equals(words.strategy()))
            .sorted(
                Comparator.comparingInt((Row row) -> run.summary.servers().indexOf(row.server()))
                    .thenComparingDouble(Row::load))
            .toList();
    for (Row row : sorted) {
      List<String> cells = new ArrayList<>(List.of(row.server()));
      cells.addAll(loads ? List.of(Numbers.load(row.load())) : List.of());
      cells.add(Prose.variant(row.variant()));
      cells.add(Numbers.percent(row.get(Metric.GOODPUT_SHARE)));
      cells.add(beside(row));
      cells.add(p99(row.admitted()));
      cells.add(p99(row.shed()));
      cells.addAll(health ? List.of(p99(health(row))) : List.of());
      rows.add(cells);
    }
    return Table.of(columns, ofWords, rows);
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
