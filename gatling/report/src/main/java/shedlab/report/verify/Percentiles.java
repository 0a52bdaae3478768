package shedlab.report.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import shedlab.report.result.Latency;

/** What {@link Latency} should be for histograms together, counted value by value. */
final class Percentiles {
  private Percentiles() {}

  static Latency of(Histogram micros) {
    return of(List.of(micros));
  }

  /** Of the values of several histograms. */
  static Latency of(List<Histogram> all) {
    double sum = 0;
    TreeMap<Long, Long> counts = new TreeMap<>();
    for (Histogram micros : all) {
      for (HistogramIterationValue step : micros.recordedValues()) {
        long count = step.getCountAddedInThisIterationStep();
        sum += (double) micros.medianEquivalentValue(step.getValueIteratedTo()) * count;
        long value = micros.highestEquivalentValue(step.getValueIteratedTo());
        counts.merge(value, count, Long::sum);
      }
    }
    long total = 0;
    List<Counted> values = new ArrayList<>();
    for (Map.Entry<Long, Long> value : counts.entrySet()) {
      total += value.getValue();
      values.add(new Counted(value.getKey(), total));
    }
    return total == 0
        ? Latency.NONE
        : new Latency(
            total,
            at(values, total, 0.5),
            at(values, total, 0.9),
            at(values, total, 0.99),
            at(values, total, 0.999),
            at(values, total, 1),
            sum / total);
  }

  /** How many there are up to a value. */
  private record Counted(long value, long upTo) {}

  /** The value that a given share of all values does not exceed. */
  private static long at(List<Counted> values, long total, double share) {
    long needed = Math.max(1, (long) Math.ceil(share * total - 1e-9));
    int i = 0;
    while (i < values.size() - 1 && values.get(i).upTo < needed) {
      i++;
    }
    return values.get(i).value;
  }
}
