package shedlab.bench.log;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import shedlab.bench.log.AccessLog.Calm;
import shedlab.bench.log.AccessLog.Outcomes;
import shedlab.bench.log.AccessLog.Part;
import shedlab.load.Trace;

/** What the second reading of a log collects. Not thread-safe. */
final class Collected {
  private static final double BUSY = 0.9;
  private static final long ENOUGH = 100;
  private static final double SECOND = 1e6;

  private final Slots slots;
  private final Slots.Stretch stretch;
  private final RouteSizes sizes;
  private final double deadlineMicros;
  private final List<Durations> calm = AccessLog.CALM.stream().map(s -> new Durations()).toList();
  private final Durations busy = new Durations();
  private long[] starts = new long[1024];
  private int[] routes = new int[1024];
  private int count;
  private long inTime;
  private long late;
  private long untimed;
  private long refused;
  private long others;
  private boolean placed;

  /**
   * Of a log that was read once.
   *
   * @param stretch whose arrivals and outcomes are wanted
   */
  Collected(Slots slots, Slots.Stretch stretch, RouteSizes sizes, double deadlineMicros) {
    this.slots = slots;
    this.stretch = stretch;
    this.sizes = sizes;
    this.deadlineMicros = deadlineMicros;
  }

  void take(LogEntry entry) {
    double rank = slots.rank(entry.startMicros());
    sizes.add(entry, rank);
    if (entry.answered() && entry.timed()) {
      for (int i = 0; i < calm.size(); i++) {
        if (rank <= AccessLog.CALM.get(i)) {
          calm.get(i).add((double) entry.durationMicros());
        }
      }
      if (rank >= BUSY) {
        busy.add((double) entry.durationMicros());
      }
    }
    if (stretch.holds(entry.startMicros())) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        routes = Arrays.copyOf(routes, 2 * count);
      }
      starts[count] = entry.startMicros();
      routes[count++] = sizes.number(entry);
      placed |= entry.wholeSecond();
      tally(entry);
    }
  }

  private void tally(LogEntry entry) {
    if (entry.refused()) {
      refused++;
    } else if (!entry.answered()) {
      others++;
    } else if (!entry.timed()) {
      untimed++;
    } else if (entry.durationMicros() <= deadlineMicros) {
      inTime++;
    } else {
      late++;
    }
  }

  /** From the first arrival of the stretch to the last. */
  double seconds() {
    var spread = Arrays.stream(starts, 0, count).summaryStatistics();
    return count == 0 ? 0 : (spread.getMax() - spread.getMin()) / SECOND;
  }

  /**
   * What is known of the stretch, which has two arrivals or more.
   *
   * @param whole whether it is all of the log
   * @param origin of the arrivals, for people
   */
  Part part(boolean whole, String origin) {
    // Logs are written as requests end; those that began at the same time keep their order.
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> starts[i]))
            .mapToInt(i -> i)
            .toArray();
    long zero = starts[order[0]];
    Trace plain = Trace.of(origin, Arrays.stream(order).mapToLong(i -> starts[i] - zero).toArray());
    double[] micros = sizes.micros();
    double[] ofRoutes = Arrays.stream(order).mapToDouble(i -> micros[routes[i]]).toArray();
    boolean alike = Arrays.stream(ofRoutes).distinct().count() == 1;
    return new Part(
        whole,
        plain,
        alike ? plain : plain.sized(ofRoutes),
        new Outcomes(inTime, late, untimed, refused, others),
        placed);
  }

  /** The calmest part that has enough of them. */
  Calm calm() {
    int i = 0;
    while (i < AccessLog.CALM.size() - 1 && calm.get(i).count() < ENOUGH) {
      i++;
    }
    return new Calm(calm.get(i), AccessLog.CALM.get(i));
  }

  /** Durations in the busiest tenth of the seconds. */
  Durations busy() {
    return busy;
  }
}
