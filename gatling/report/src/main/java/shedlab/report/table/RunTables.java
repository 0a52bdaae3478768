package shedlab.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import shedlab.report.finding.FloorWords;
import shedlab.report.metric.Metric;
import shedlab.report.metric.ScoreMetric;
import shedlab.report.metric.Scores;
import shedlab.report.metric.Summary;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pairs;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;
import shedlab.report.table.Table.Cell;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** The tables that do not show rows of the summary: single runs, pairs, and scores. */
public final class RunTables {
  private final Summary summary;
  private final StrategyNames names;
  private final Places places;

  public RunTables(Summary summary, StrategyNames names) {
    this.summary = summary;
    this.names = names;
    this.places = new Places(summary, names);
  }

  /** Every run. */
  public Table runs(List<CellResult> cells) {
    List<String> columns = new ArrayList<>(List.of("order"));
    columns.addAll(places.columns());
    int words = columns.size();
    columns.addAll(List.of("load", "repeat", "attempt", "offered/s", "goodput/s", "of capacity"));
    List<List<Cell>> rows = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    for (CellResult c : cells) {
      double share = c.judgement().failure() != null ? Double.NaN : Metric.GOODPUT_SHARE.of(c);
      List<Cell> row = new ArrayList<>(List.of(Cell.of(Integer.toString(c.key().order()))));
      row.addAll(places.cells(c.server(), c.strategy(), c.variant()));
      row.add(Cell.of(Numbers.load(c.load())));
      row.add(Cell.of(Integer.toString(c.key().repeat())));
      row.add(Cell.of(Integer.toString(c.key().attempt())));
      row.add(Cell.of(Numbers.rate(c.clientSide().offeredPerSecond())));
      row.add(Cell.of(Numbers.rate(c.clientSide().goodputPerSecond())));
      row.add(
          c.valid()
              ? Cell.of(Numbers.percent(share))
              : Cell.of("✗ " + Numbers.percent(share), "broken"));
      rows.add(row);
      marks.add(places.mark(c.server(), c.strategy(), c.variant(), c.load()));
    }
    return new Table(columns, words, rows).marked(marks, List.of());
  }

  /** Ratios with their intervals and verdicts. */
  public Table pairs(Pairs pairs) {
    List<String> columns = new ArrayList<>(List.of("measure"));
    columns.addAll(places.columns());
    columns.addAll(List.of("against", "verdict", "why"));
    int words = columns.size();
    columns.addAll(List.of("load", "ratio", "low", "high", "A/A band", "blocks"));
    List<List<Cell>> rows = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    for (Pair pair : pairs.pairs()) {
      if (pair.blocks() == 0) {
        continue;
      }
      List<Cell> row = new ArrayList<>(List.of(Cell.of(pair.measure().measure())));
      row.addAll(places.cells(pair.side().server(), pair.side().strategy(), pair.side().variant()));
      row.add(Cell.of(against(pair)));
      row.add(Cell.of(pair.claim().verdict().title()));
      row.add(Cell.of(pair.claim().why()));
      row.add(Cell.of(Numbers.load(pair.side().load())));
      String mark = FloorWords.mark(pair, "first", "second");
      row.add(Cell.of(Numbers.fixed(pair.ratio(), 3) + mark));
      row.add(Cell.of(Numbers.fixed(pair.interval().low(), 3)));
      row.add(Cell.of(Numbers.fixed(pair.interval().high(), 3)));
      row.add(Cell.of("×" + Numbers.fixed(pair.band(), 3)));
      row.add(Cell.of(Integer.toString(pair.blocks())));
      rows.add(row);
      marks.add(
          places.mark(
              pair.side().server(),
              pair.side().strategy(),
              pair.side().variant(),
              pair.side().load()));
    }
    return new Table(columns, words, rows).marked(marks, List.of());
  }

  private String against(Pair pair) {
    return switch (pair.kind()) {
      case STRATEGY -> names.code(pair.against());
      case VARIANT, TWIN -> "plain";
      case SERVER, RUN -> pair.against();
    };
  }

  /**
   * The scores to compare when choosing, as ranges over all servers; without columns that have no
   * figure in this run.
   *
   * @param steady false if load or capacity change in a cell: then a refusal at a load below 1x may
   *     be no false one, and nothing is the peak
   */
  public Table choice(Scores scores, FloorWords floor, boolean steady) {
    List<String> columns =
        List.of(
            "strategy",
            "retained at 2x",
            "lost to the ideal" + measuredPart(),
            "false sheds below 1x, at most",
            "p99 of admitted at 2x, ms",
            "wasted tasks at 2x",
            "CPU ms per 429");
    List<List<Cell>> rows = new ArrayList<>();
    for (String strategy : summary.strategies()) {
      List<Scores.Score> mine =
          scores.scores().stream()
              .filter(s -> s.strategy().equals(strategy))
              .filter(s -> s.variant().equals(summary.variants().get(0)))
              .toList();
      if (!mine.isEmpty()) {
        rows.add(
            List.of(
                Cell.of(names.code(strategy)),
                Cell.of(
                    !steady || summary.loads().size() < 2
                        ? Numbers.NO_FIGURE
                        : range(mine, s -> s.get(ScoreMetric.RETAINED_2X), Numbers::wholePercent)),
                Cell.of(range(mine, s -> s.get(ScoreMetric.AREA_REGRET), Numbers::percent)),
                Cell.of(
                    steady
                        ? range(mine, s -> s.get(ScoreMetric.FALSE_SHED_SHARE), Numbers::percent)
                        : Numbers.NO_FIGURE),
                Cell.of(
                    range(
                        mine,
                        s -> s.get(ScoreMetric.ADMITTED_P99_2X),
                        d -> floor.millis(Math.round(d), Latency::p99))),
                Cell.of(range(mine, s -> s.get(ScoreMetric.WASTED_2X), Numbers::percent)),
                Cell.of(
                    range(
                        mine,
                        s -> s.get(ScoreMetric.CPU_PER_SHED),
                        d -> Numbers.fixed(d / 1_000, 3)))));
      }
    }
    return withFigures(columns, rows);
  }

  /** The measured part of the loads from 0.5x to 3x. */
  private String measuredPart() {
    return ScoreMetric.measuredPart(summary.loads())
        .map(part -> ", " + Prose.list(part.stream().map(Numbers::load).toList()))
        .orElse("");
  }

  private static Table withFigures(List<String> columns, List<List<Cell>> rows) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      if (rows.stream().anyMatch(row -> !row.get(column).text().equals(Numbers.NO_FIGURE))) {
        kept.add(i);
      }
    }
    return new Table(
        kept.stream().map(columns::get).toList(),
        1,
        rows.stream().map(row -> kept.stream().map(row::get).toList()).toList());
  }

  private static String range(
      List<Scores.Score> scores,
      Function<Scores.Score, Double> figure,
      Function<Double, String> text) {
    List<Double> all = scores.stream().map(figure).filter(Double::isFinite).sorted().toList();
    return all.isEmpty()
        ? Numbers.NO_FIGURE
        : Prose.range(text.apply(all.get(0)), text.apply(all.get(all.size() - 1)));
  }
}
