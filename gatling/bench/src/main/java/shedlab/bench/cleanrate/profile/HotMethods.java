package shedlab.bench.cleanrate.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * In which methods samples were taken: those that ran, not those that had called them.
 *
 * @param samples how many in all
 * @param byMethod the same by {@code package.Class.method}
 */
public record HotMethods(long samples, Map<String, Long> byMethod) {
  /** Of the number of samples in each method. */
  public static HotMethods of(Map<String, Long> counts) {
    return new HotMethods(
        counts.values().stream().mapToLong(Long::longValue).sum(), Map.copyOf(counts));
  }

  /** A method and its share of all samples. */
  public record Hot(String method, double share) {}

  /** Those with the most samples. */
  public List<Hot> top(int number) {
    return byMethod.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(number)
        .map(entry -> new Hot(entry.getKey(), (double) entry.getValue() / samples))
        .toList();
  }
}
