package shedlab.bench.log;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests per second of a log. Of a log with very many seconds, slots become longer, so that they
 * always fit into memory. Not thread-safe.
 */
final class Slots {
  private static final long SECOND = 1_000_000;
  private static final int MOST = 100_000;

  /** Requests of a second may wait for those of the one before. */
  private static final int MEMORY = 2;

  private long length = SECOND;
  private Map<Long, Slot> slots = new HashMap<>();
  private final Map<Long, Double> ranks = new HashMap<>();

  /** What happens in a slot: requests that begin, and by how much the number in flight grows. */
  private record Slot(long begun, long growth) {
    Slot plus(Slot other) {
      return new Slot(begun + other.begun, growth + other.growth);
    }
  }

  /** A stretch of time: its first slot, and how many requests begin in it. */
  record Stretch(long fromMicros, long lengthMicros, long requests) {
    boolean holds(long micros) {
      return micros >= fromMicros && micros < fromMicros + lengthMicros;
    }
  }

  /** A request that begins and ends. */
  void add(long fromMicros, long toMicros) {
    change(fromMicros, new Slot(1, 1));
    change(toMicros, new Slot(0, -1));
    if (slots.size() > MOST) {
      length *= 2;
      Map<Long, Slot> longer = new HashMap<>();
      slots.forEach((at, slot) -> longer.merge(Math.floorDiv(at, 2), slot, Slot::plus));
      slots = longer;
    }
  }

  private void change(long micros, Slot by) {
    slots.merge(Math.floorDiv(micros, length), by, Slot::plus);
  }

  /**
   * Ends the counting: ranks every slot by the requests that begin in it and just before. A slot at
   * whose beginning requests wait for a core is among the busiest.
   */
  void rank(int cores) {
    TreeMap<Long, Slot> ordered = new TreeMap<>(slots);
    Map<Long, Long> recent = new HashMap<>();
    Map<Long, Long> waited = new HashMap<>();
    long inFlight = 0;
    for (Map.Entry<Long, Slot> each : ordered.entrySet()) {
      long at = each.getKey();
      if (each.getValue().begun > 0) {
        long sum =
            ordered.subMap(at - MEMORY + 1, true, at, true).values().stream()
                .mapToLong(Slot::begun)
                .sum();
        (inFlight > cores ? waited : recent).put(at, sum);
      }
      inFlight += each.getValue().growth;
    }
    waited.keySet().forEach(at -> ranks.put(at, 1.0));
    long[] sorted = recent.values().stream().mapToLong(Long::longValue).sorted().toArray();
    double all = sorted.length + waited.size();
    recent.forEach((at, sum) -> ranks.put(at, first(sorted, sum) / all));
  }

  /** The index of the first of these values, which is there. */
  private static int first(long[] sorted, long value) {
    int at = Arrays.binarySearch(sorted, value);
    while (at > 0 && sorted[at - 1] == value) {
      at--;
    }
    return at;
  }

  /** The share of the slots, from 0 to 1, that are less busy than that of this time. */
  double rank(long micros) {
    return ranks.getOrDefault(Math.floorDiv(micros, length), 1.0);
  }

  /** Requests per second in the slots up to this rank. */
  double calmRate(double upTo) {
    long[] of =
        slots.entrySet().stream()
            .filter(each -> ranks.getOrDefault(each.getKey(), 2.0) <= upTo)
            .mapToLong(each -> each.getValue().begun)
            .toArray();
    return of.length == 0 ? 0 : Arrays.stream(of).sum() * 1e6 / (of.length * (double) length);
  }

  /** From the first request to the end of the last. */
  Stretch all() {
    TreeMap<Long, Slot> ordered = new TreeMap<>(slots);
    long first = ordered.firstKey();
    long requests = ordered.values().stream().mapToLong(Slot::begun).sum();
    return new Stretch(first * length, (ordered.lastKey() - first + 1) * length, requests);
  }

  /** The stretch of so many seconds, or a little more, in which most requests begin. */
  Stretch busiest(long seconds) {
    if (slots.isEmpty()) {
      return new Stretch(0, length, 0);
    }
    long[] at = slots.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    long[] begun = new TreeMap<>(slots).values().stream().mapToLong(Slot::begun).toArray();
    long count = Math.max(1, seconds * SECOND / length);
    Stretch best = new Stretch(0, 0, -1);
    long sum = 0;
    int from = 0;
    for (int to = 0; to < at.length; to++) {
      sum += begun[to];
      while (at[to] - at[from] >= count) {
        sum -= begun[from++];
      }
      if (sum > best.requests) {
        best = new Stretch(at[from] * length, count * length, sum);
      }
    }
    return best;
  }
}
