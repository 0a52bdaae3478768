package shedlab.report.cpu;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.page.Part;
import shedlab.report.page.Subject;
import shedlab.report.raw.RawCell;
import shedlab.report.result.CellResult;
import shedlab.report.table.Table;
import shedlab.report.table.Table.Cell;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** What is said of a run whose servers sampled their own stacks, and the links to its graphs. */
final class Profiled {
  private static final String SENTENCE =
      "The servers sampled their own stacks, which takes CPU time: figures of this run are to be"
          + " compared with those of other profiled runs only.";

  private static final String WHERE =
      " The flame graph of a cell is `cells/<id>/" + RawCell.FLAME_GRAPH + "`.";

  private Profiled() {}

  /** Nothing for other runs. */
  static Part sentence(Subject run) {
    if (!run.plan.profiled()) {
      return Part.NOTHING;
    }
    boolean graphs = run.cells.stream().anyMatch(cell -> hasGraph(run, cell));
    return Part.text(graphs ? SENTENCE + WHERE : SENTENCE);
  }

  /** A published run has none: they are too large. */
  private static boolean hasGraph(Subject run, CellResult cell) {
    return new RawCell(run.run.cellFolder(cell.key().id())).files().contains(RawCell.FLAME_GRAPH);
  }

  /** A link for each cell that has a graph. */
  static Part links(Subject run) {
    List<List<Cell>> rows = new ArrayList<>();
    for (CellResult cell : run.plan.profiled() ? run.cells : List.<CellResult>of()) {
      if (hasGraph(run, cell)) {
        String href = "cells/" + cell.key().id().replace("+", "%2B") + "/" + RawCell.FLAME_GRAPH;
        rows.add(
            List.of(
                Cell.of(cell.server()),
                Cell.of(run.names.code(cell.strategy())),
                Cell.of(Prose.variant(cell.variant())),
                new Cell("flame graph", "", href),
                Cell.of(Numbers.load(cell.load())),
                Cell.of(Integer.toString(cell.key().repeat()))));
      }
    }
    List<String> columns = List.of("server", "strategy", "variant", "cell", "load", "repeat");
    return Part.folded("Flame graphs", Part.table(new Table(columns, 4, rows))).onPage();
  }
}
