package shedlab.report.figure;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.chart.Axis;
import shedlab.report.metric.Summary.Row;
import shedlab.report.result.CellResult;

/**
 * A figure that every row and every run has, as it is drawn over the load or, where there is but
 * one, in ranks. NaN stands for no figure.
 *
 * @param what its name in words
 * @param value the median
 * @param range least and most of the runs
 * @param firm false if the median rests on too few samples to be quoted
 * @param run of a single run
 * @param simulated what a simulation says of the same
 * @param words a value in words
 * @param level to compare with, across the plot
 * @param guides to compare with over the load, of a server in a variant
 */
record Measured(
    String what,
    Axis axis,
    ToDoubleFunction<Row> value,
    BiFunction<Row, Boolean, Double> range,
    Predicate<Row> firm,
    ToDoubleFunction<CellResult> run,
    ToDoubleFunction<Row> simulated,
    DoubleFunction<String> words,
    @Nullable Level level,
    BiFunction<String, String, List<Guide>> guides) {
  /** A value with a name. */
  record Level(double value, String name) {}

  /** A curve over the load, from a load on. */
  record Guide(String name, String css, double from, DoubleUnaryOperator of) {}

  /** The median in words, with what its runs span. */
  String said(Row row) {
    double median = value.applyAsDouble(row);
    if (Double.isNaN(median)) {
      return row.hasFigures() ? "none" : "no valid run";
    }
    double low = range.apply(row, true);
    double high = range.apply(row, false);
    return words.apply(median)
        + (row.valid() > 1 && Double.isFinite(low)
            ? " (" + words.apply(low) + " to " + words.apply(high) + ", " + row.valid() + " runs)"
            : "")
        + (firm.test(row) ? "" : " (few samples)");
  }

  boolean has(Row row) {
    return Double.isFinite(value.applyAsDouble(row));
  }
}
