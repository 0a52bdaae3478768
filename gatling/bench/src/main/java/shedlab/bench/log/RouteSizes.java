package shedlab.bench.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shedlab.numbers.Histogram;
import shedlab.report.text.Prose;

/**
 * How large the requests of each route are, in comparison: the median of their durations in the
 * calmest part of the log that has enough of them.
 *
 * <p>The calmest part, because durations include waiting, which is the same for all routes and
 * would make them look alike. The median and not the mean, because a few requests that waited all
 * the same, or whose clients were slow to read, would decide the mean. So a route's size is that of
 * its usual request; how requests of a route differ is for the law of sizes.
 *
 * <p>Routes with few requests, and the rarest of very many, share the median of all that they have.
 * Not thread-safe.
 */
final class RouteSizes {
  /** Routes with a median of their own; a histogram for each fits into memory. */
  private static final int MOST = 200;

  /** Routes that are counted, of a log in which every path is another. */
  private static final int MOST_COUNTED = 20_000;

  /** With fewer, a median is chance. */
  private static final int ENOUGH = 30;

  private static final int HISTOGRAM_BITS = 6;

  private final List<Double> shares;
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * By number of the route, from the calmest part of the log to all of it; the others come last.
   */
  private final List<List<Histogram>> durations = new ArrayList<>();

  /** Parts of the log, as shares of its seconds, the calmest first. */
  RouteSizes(List<Double> shares) {
    this.shares = shares;
  }

  /** Counts a request in the first reading. */
  void count(LogEntry entry) {
    if (told(entry) && (counts.size() < MOST_COUNTED || counts.containsKey(entry.route()))) {
      counts.merge(entry.route(), 1L, Long::sum);
    }
  }

  private static boolean told(LogEntry entry) {
    return entry.answered() && entry.timed() && !entry.route().equals(Route.UNKNOWN);
  }

  /** Ends the first reading: decides which routes have a size of their own. */
  void choose() {
    counts.entrySet().stream()
        .filter(route -> route.getValue() >= ENOUGH)
        .sorted(
            Comparator.<Map.Entry<String, Long>>comparingLong(Map.Entry::getValue)
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .limit(MOST)
        .forEach(route -> numbers.put(route.getKey(), numbers.size()));
    for (int i = 0; i <= numbers.size(); i++) {
      durations.add(shares.stream().map(share -> new Histogram(HISTOGRAM_BITS)).toList());
    }
  }

  /**
   * Takes a duration in the second reading.
   *
   * @param rank the share of the seconds that are calmer than that of the request
   */
  void add(LogEntry entry, double rank) {
    if (entry.answered() && entry.timed()) {
      List<Histogram> ofRoute = durations.get(number(entry));
      for (int i = 0; i < shares.size(); i++) {
        if (rank <= shares.get(i)) {
          ofRoute.get(i).record(entry.durationMicros());
        }
      }
    }
  }

  /** The number of a request's route. */
  int number(LogEntry entry) {
    return numbers.getOrDefault(entry.route(), numbers.size());
  }

  /** How many routes have a size of their own, as the end of a sentence; empty if none has. */
  String sentence() {
    return numbers.isEmpty() ? "" : ", " + Prose.count(numbers.size(), "route");
  }

  /** The size of each route, in microseconds, by its number. */
  double[] micros() {
    double[] medians = durations.stream().mapToDouble(this::median).toArray();
    int others = numbers.size();
    if (medians[others] == 0) { // all that was answered has a size of its own
      medians[others] = others == 0 ? 1 : medians[0];
    }
    return medians;
  }

  private double median(List<Histogram> byPart) {
    int part = 0;
    while (part < byPart.size() - 1 && byPart.get(part).total() < ENOUGH) {
      part++;
    }
    Histogram chosen = byPart.get(part);
    return chosen.total() == 0 ? 0 : Math.max(1, chosen.quantile(0.5));
  }
}
