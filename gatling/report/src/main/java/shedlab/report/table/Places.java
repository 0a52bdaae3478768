package shedlab.report.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import shedlab.report.chart.Looks;
import shedlab.report.metric.Summary;
import shedlab.report.metric.Summary.Row;
import shedlab.report.table.Table.Cell;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/**
 * The frame of a table: the condition of each row, in words and as attributes for the page's
 * filters.
 */
final class Places {
  private final Summary summary;
  private final StrategyNames names;
  private final Looks looks;

  Places(Summary summary, StrategyNames names) {
    this.summary = summary;
    this.names = names;
    this.looks = Looks.of(summary.strategies());
  }

  /** A row for each server, strategy and variant; a column for each load. */
  Table byLoad(Function<Row, Cell> figure) {
    return byLoad(figure, found -> true);
  }

  /** The same, with only the rows that a filter on their cells keeps. */
  Table byLoad(Function<Row, Cell> figure, Predicate<List<Row>> wanted) {
    List<String> columns = new ArrayList<>(columns());
    int words = columns.size();
    List<String> columnMarks = new ArrayList<>(Collections.nCopies(words, ""));
    for (double load : summary.loads()) {
      columns.add(Numbers.load(load));
      columnMarks.add(mark(load));
    }
    List<List<Cell>> rows = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    for (String server : summary.servers()) {
      for (String strategy : summary.strategies()) {
        for (String variant : summary.variants()) {
          List<Cell> row = new ArrayList<>(cells(server, strategy, variant));
          List<Row> found = new ArrayList<>();
          for (double load : summary.loads()) {
            Optional<Row> of = summary.row(server, strategy, variant, load);
            of.ifPresent(found::add);
            row.add(
                of.map(r -> r.hasFigures() ? figure.apply(r) : Cell.of("invalid", "broken"))
                    .orElse(Cell.of("not run", "weak")));
          }
          // A strategy need not run in every variant.
          boolean due =
              variant.equals(summary.variants().get(0)) && summary.together(server, strategy);
          boolean run = due || !found.isEmpty();
          if (run && wanted.test(found)) {
            rows.add(row);
            marks.add(mark(server, strategy, variant));
          }
        }
      }
    }
    return new Table(columns, words, rows).marked(marks, columnMarks);
  }

  /** A row for each condition. */
  Table byRow(List<String> titles, Function<Row, List<Cell>> figures, List<Row> from) {
    List<String> columns = new ArrayList<>(columns());
    int words = columns.size();
    columns.add("load");
    columns.addAll(titles);
    List<List<Cell>> rows = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    for (Row r : from) {
      List<Cell> row = new ArrayList<>(cells(r.server(), r.strategy(), r.variant()));
      row.add(Cell.of(Numbers.load(r.load())));
      row.addAll(figures.apply(r));
      rows.add(row);
      marks.add(mark(r.server(), r.strategy(), r.variant(), r.load()));
    }
    return new Table(columns, words, rows).marked(marks, List.of());
  }

  /** What stands for a pair that has no row. */
  String missing(String server, String strategy) {
    return summary.together(server, strategy) ? "not run" : "–";
  }

  /** The titles of the first columns, which name a row's condition. */
  List<String> columns() {
    return severalVariants()
        ? List.of("server", "strategy", "variant")
        : List.of("server", "strategy");
  }

  /** The cells of these columns. */
  List<Cell> cells(String server, String strategy, String variant) {
    List<Cell> place = new ArrayList<>();
    place.add(Cell.of(server));
    place.add(Cell.of(names.code(strategy), looks.of(strategy)));
    if (severalVariants()) {
      place.add(Cell.of(Prose.variant(variant)));
    }
    return place;
  }

  /** The attributes by which the page filters. */
  private String mark(String server, String strategy, String variant) {
    return "data-h=\""
        + summary.servers().indexOf(server)
        + "\" data-p=\""
        + summary.strategies().indexOf(strategy)
        + "\" data-v=\""
        + summary.variants().indexOf(variant)
        + "\"";
  }

  /** The same for a row of one load. */
  String mark(String server, String strategy, String variant, double load) {
    return mark(server, strategy, variant) + " " + mark(load);
  }

  private String mark(double load) {
    return "data-l=\"" + summary.loads().indexOf(load) + "\"";
  }

  private boolean severalVariants() {
    return summary.variants().size() > 1;
  }
}
