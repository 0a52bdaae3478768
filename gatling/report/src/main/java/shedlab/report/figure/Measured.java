package shedlab.report.figure;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.chart.Axis;
import shedlab.report.finding.Runs;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.CellResult;

/**
 * A figure of rows and runs, and how it is drawn: over the load or, if there is only one load, in
 * ranks. NaN means that there is no figure.
 *
 * @param data the run
 * @param what the figure's name in words
 * @param value the median
 * @param firm false if the median rests on too few samples to be quoted
 * @param run the figure of a single run
 * @param simulated the simulated figure
 * @param words writes a value as text
 * @param level a value to compare with, drawn across the plot
 * @param floor up to which a value is the machine's own; null if that is not known or not a time
 * @param guides curves to compare with over the load, for a server in a variant
 */
record Measured(
    ChartData data,
    String what,
    Axis axis,
    ToDoubleFunction<Row> value,
    Predicate<Row> firm,
    ToDoubleFunction<CellResult> run,
    ToDoubleFunction<Row> simulated,
    DoubleFunction<String> words,
    @Nullable Level level,
    @Nullable Level floor,
    BiFunction<String, String, List<Guide>> guides) {
  /** A value with a name. */
  record Level(double value, String name) {}

  /** A curve over the load that begins at a load. */
  record Guide(String name, String css, double from, DoubleUnaryOperator of) {}

  /** The median in words, with the range of its runs. */
  String said(Row row) {
    double median = value.applyAsDouble(row);
    if (Double.isNaN(median)) {
      return row.hasFigures() ? "none" : "no valid run";
    }
    DoubleSummaryStatistics runs = runs(row);
    return words.apply(median)
        + (runs.getCount() > 1
            ? " ("
                + words.apply(runs.getMin())
                + " to "
                + words.apply(runs.getMax())
                + ", "
                + runs.getCount()
                + " runs)"
            : "")
        + (firm.test(row) ? "" : " (few samples)");
  }

  /** The figures of the valid runs that have one. */
  DoubleSummaryStatistics runs(Row row) {
    return Runs.valid(row, data.run().cells()).stream()
        .mapToDouble(run)
        .filter(Double::isFinite)
        .summaryStatistics();
  }

  boolean has(Row row) {
    return Double.isFinite(value.applyAsDouble(row));
  }
}
