package shedlab.report.overview;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shedlab.report.overview.Overview.Row;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Verdict;

/**
 * A strategy over all conditions in which it was compared with the reference.
 *
 * @param counts conditions by verdict
 * @param worst where the ratio of its goodput to the reference's is least; empty if no condition
 *     has a figure
 */
record Standing(String strategy, Map<Verdict, Long> counts, Optional<Row> worst) {
  /** The one whose worst is best comes first. */
  static List<Standing> of(Overview overview) {
    return overview.strategies().stream()
        .map(strategy -> of(overview, strategy))
        .sorted(Comparator.comparingDouble(Standing::worstRatio).reversed())
        .toList();
  }

  private static Standing of(Overview overview, String strategy) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    List<Row> rows =
        overview.rows().stream().filter(row -> row.pairs().containsKey(strategy)).toList();
    for (Row row : rows) {
      row.pair(strategy).ifPresent(pair -> counts.merge(pair.claim().verdict(), 1L, Long::sum));
    }
    Optional<Row> worst =
        rows.stream()
            .filter(row -> !Double.isNaN(ratio(row, strategy)))
            .min(Comparator.comparingDouble(row -> ratio(row, strategy)));
    return new Standing(strategy, counts, worst);
  }

  private static double ratio(Row row, String strategy) {
    return row.pair(strategy).map(Pair::ratio).orElse(Double.NaN);
  }

  /** Conditions with a verdict. */
  long count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0L);
  }

  /** All conditions in which it was compared. */
  long conditions() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Conditions in which nothing can be said yet. */
  long open() {
    return conditions() - count(Verdict.WORSE) - count(Verdict.EQUAL) - count(Verdict.BETTER);
  }

  /** The comparison at its worst. */
  Optional<Pair> atWorst() {
    return worst.flatMap(row -> row.pair(strategy));
  }

  private double worstRatio() {
    return atWorst().map(Pair::ratio).orElse(Double.NEGATIVE_INFINITY);
  }
}
