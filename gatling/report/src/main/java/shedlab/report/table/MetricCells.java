package shedlab.report.table;

import java.util.List;
import shedlab.report.finding.FloorWords;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Shown;
import shedlab.report.metric.Summary.Row;
import shedlab.report.metric.View;
import shedlab.report.table.Table.Cell;
import shedlab.report.text.Numbers;

/** Cells of the tables whose columns are metrics: figures formatted by their unit. */
final class MetricCells {
  private MetricCells() {}

  /** The titles of a view's columns. */
  static List<String> titles(View view) {
    return Metric.of(view).stream().flatMap(m -> m.in(view).stream()).map(Shown::title).toList();
  }

  /** The cells of a row for these columns. */
  static List<Cell> of(View view, Row row, FloorWords floor) {
    return Metric.of(view).stream()
        .flatMap(metric -> metric.in(view).stream().map(shown -> cell(metric, shown, row, floor)))
        .toList();
  }

  private static Cell cell(Metric metric, Shown shown, Row row, FloorWords floor) {
    double figure = row.get(metric);
    if (Double.isNaN(figure) && row.hasFigures() && !shown.none().isEmpty()) {
      return Cell.of(shown.none());
    }
    return switch (metric.unit()) {
      case SHARE -> Cell.of(Numbers.percent(figure));
      case PER_SECOND -> Cell.of(Numbers.rate(figure));
      case MICROS -> millis(metric, shown, row, floor);
      default -> Cell.of(Numbers.fixed(figure, metric.digits()));
    };
  }

  private static Cell millis(Metric metric, Shown shown, Row row, FloorWords floor) {
    double micros = row.get(metric);
    if (shown.digits() != Shown.AUTO) {
      String text = Numbers.fixed(micros / 1_000, shown.digits());
      return Cell.of(text, Double.isNaN(micros) ? "weak" : "");
    }
    boolean marked = !metric.firm(row) && micros > 0;
    String text = Numbers.millis(row.whole(metric));
    String mark = metric.percentile().map(of -> floor.mark(row.whole(metric), of)).orElse("");
    return Cell.of(text + (marked ? Tables.FEW : "") + mark, marked ? "weak" : "");
  }
}
