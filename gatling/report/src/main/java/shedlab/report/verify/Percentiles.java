package shedlab.report.verify;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import shedlab.report.result.Latency;

/** What {@link Latency} should be for a histogram, counted value by value. */
final class Percentiles {
  private Percentiles() {}

  static Latency of(Histogram micros) {
    long total = 0;
    double sum = 0;
    for (HistogramIterationValue step : micros.recordedValues()) {
      long count = step.getCountAddedInThisIterationStep();
      total += count;
      sum += (double) micros.medianEquivalentValue(step.getValueIteratedTo()) * count;
    }
    return total == 0
        ? Latency.NONE
        : new Latency(
            total,
            at(micros, total, 0.5),
            at(micros, total, 0.9),
            at(micros, total, 0.99),
            at(micros, total, 0.999),
            at(micros, total, 1),
            sum / total);
  }

  /** The value that a given share of all values does not exceed. */
  private static long at(Histogram micros, long total, double share) {
    long needed = Math.max(1, (long) Math.ceil(share * total - 1e-9));
    long counted = 0;
    long value = 0;
    for (HistogramIterationValue step : micros.recordedValues()) {
      if (counted < needed) {
        counted += step.getCountAddedInThisIterationStep();
        value = micros.highestEquivalentValue(step.getValueIteratedTo());
      }
    }
    return value;
  }
}
