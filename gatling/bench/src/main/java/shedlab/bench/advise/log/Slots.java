package shedlab.bench.advise.log;

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

  /** How many slots a request may have to wait for those before it. */
  private static final int MEMORY = 5;

  private long length = SECOND;
  private Map<Long, Integer> counts = new HashMap<>();
  private TreeMap<Long, Long> recent = new TreeMap<>();
  private long[] sorted = {};

  /** A stretch of time: its first slot, and how many requests begin in it. */
  record Stretch(long fromMicros, long lengthMicros, long requests) {
    boolean holds(long micros) {
      return micros >= fromMicros && micros < fromMicros + lengthMicros;
    }
  }

  void add(long micros) {
    counts.merge(Math.floorDiv(micros, length), 1, Integer::sum);
    if (counts.size() > MOST) {
      length *= 2;
      Map<Long, Integer> longer = new HashMap<>();
      counts.forEach((slot, count) -> longer.merge(Math.floorDiv(slot, 2), count, Integer::sum));
      counts = longer;
    }
  }

  /** Ends the counting: for each slot, how many requests began in it and in those just before. */
  void weigh() {
    TreeMap<Long, Integer> ordered = new TreeMap<>(counts);
    recent = new TreeMap<>();
    for (long slot : ordered.keySet()) {
      long sum = 0;
      for (int count : ordered.subMap(slot - MEMORY + 1, true, slot, true).values()) {
        sum += count;
      }
      recent.put(slot, sum);
    }
    sorted = recent.values().stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** The share of the slots, from 0 to 1, that are no busier than that of this time. */
  double rank(long micros) {
    long own = recent.getOrDefault(Math.floorDiv(micros, length), 0L);
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < own) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return sorted.length == 0 ? 0 : (double) low / sorted.length;
  }

  /** Requests per second in the slots up to this rank. */
  double calmRate(double upTo) {
    long requests = 0;
    long slots = 0;
    for (Map.Entry<Long, Integer> slot : counts.entrySet()) {
      if (rank(slot.getKey() * length) <= upTo) {
        requests += slot.getValue();
        slots++;
      }
    }
    return slots == 0 ? 0 : requests * 1e6 / (slots * (double) length);
  }

  /** The whole log. */
  Stretch all() {
    TreeMap<Long, Integer> ordered = new TreeMap<>(counts);
    long first = ordered.firstKey();
    long requests = ordered.values().stream().mapToLong(Integer::longValue).sum();
    return new Stretch(first * length, (ordered.lastKey() - first + 1) * length, requests);
  }

  /** The stretch of so many seconds, or a little more, in which most requests begin. */
  Stretch busiest(long seconds) {
    TreeMap<Long, Integer> ordered = new TreeMap<>(counts);
    long slots = Math.max(1, seconds * SECOND / length);
    Stretch best = new Stretch(0, 0, -1);
    long sum = 0;
    long end = ordered.firstKey();
    for (Map.Entry<Long, Integer> first : ordered.entrySet()) {
      while (end < first.getKey() + slots) {
        sum += ordered.getOrDefault(end++, 0);
      }
      if (sum > best.requests) {
        best = new Stretch(first.getKey() * length, slots * length, sum);
      }
      sum -= first.getValue();
    }
    return best;
  }
}
