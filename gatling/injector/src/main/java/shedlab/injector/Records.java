package shedlab.injector;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import shedlab.load.ArrivalSchedule;
import shedlab.report.raw.LatencyLog.Kind;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult.Lateness;
import shedlab.report.result.Attempts;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.report.result.TenantResult;
import shedlab.simulation.model.Tenant;

/**
 * The records of a job that has ended, read request by request. A request that never ended counts
 * as if it had ended now: a timeout if it has lasted that long, else a transport error.
 */
final class Records {
  static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;
  private static final long MICRO = 1_000;
  private static final int DIGITS = 3;

  private final LoadJob job;
  private final ArrivalSchedule schedule;
  private final ClientRecorder recorder;
  private final long nowNanos;
  private final int firstInWindow;

  /** Expects the load to be over; {@code nowNanos} counts from the schedule's zero. */
  Records(LoadJob job, ClientRecorder recorder, long nowNanos) {
    this.job = job;
    this.recorder = recorder;
    this.nowNanos = nowNanos;
    schedule = recorder.schedule();
    int first = 0;
    while (first < schedule.size() && schedule.startNanos(first) < leadInNanos()) {
      first++;
    }
    firstInWindow = first;
  }

  /** The first request of the window, which goes on to the last request. */
  int firstInWindow() {
    return firstInWindow;
  }

  int size() {
    return schedule.size();
  }

  long lengthNanos() {
    return schedule.lengthNanos();
  }

  double windowSeconds() {
    return (schedule.lengthNanos() - leadInNanos()) / (double) SECOND;
  }

  private long leadInNanos() {
    return (long) (job.leadInSeconds() * SECOND);
  }

  private boolean ended(int index) {
    return recorder.endNanos(index) != ClientRecorder.NEVER;
  }

  private boolean started(int index) {
    return recorder.startNanos(index) != ClientRecorder.NEVER;
  }

  long intendedNanos(int index) {
    return schedule.startNanos(index);
  }

  Ending ending(int index) {
    long end = ended(index) ? recorder.endNanos(index) : nowNanos;
    long lasted = started(index) ? end - recorder.startNanos(index) : 0;
    if (!job.clients().disconnects() && lasted >= job.timeoutMillis() * MILLI) {
      return Ending.TIMEOUT; // answered or not: nobody waited for it any more
    }
    return Ending.of(
        recorder.status(index),
        end - schedule.startNanos(index),
        lasted,
        job.deadlineMillis() * MILLI,
        job.timeoutMillis() * MILLI);
  }

  /** From the intended start. */
  long responseMicros(int index) {
    return Math.max(0, recorder.endNanos(index) - schedule.startNanos(index)) / MICRO;
  }

  /** The endings of requests from {@code first} on. */
  Outcomes outcomesFrom(int first) {
    Map<Ending, Long> counts = new EnumMap<>(Ending.class);
    for (Ending ending : Ending.values()) {
      counts.put(ending, 0L);
    }
    for (int i = first; i < size(); i++) {
      counts.merge(ending(i), 1L, Long::sum);
    }
    return outcomes(counts);
  }

  static Outcomes outcomes(Map<Ending, Long> counts) {
    return new Outcomes(
        counts.getOrDefault(Ending.GOOD, 0L),
        counts.getOrDefault(Ending.LATE, 0L),
        counts.getOrDefault(Ending.SHED, 0L),
        counts.getOrDefault(Ending.OTHER, 0L),
        counts.getOrDefault(Ending.TIMEOUT, 0L),
        counts.getOrDefault(Ending.TRANSPORT, 0L));
  }

  /** The endings in the window of one kind of client. */
  private Outcomes outcomesOf(IntPredicate which) {
    Map<Ending, Long> counts = new EnumMap<>(Ending.class);
    for (int i = firstInWindow; i < size(); i++) {
      if (which.test(i)) {
        counts.merge(ending(i), 1L, Long::sum);
      }
    }
    return outcomes(counts);
  }

  /** Every kind of client in the window; none if all are alike. */
  List<TenantResult> tenants(LoadRun run) {
    List<TenantResult> results = new ArrayList<>();
    List<Tenant> kinds = job.clients().tenants();
    for (int k = 0; k < kinds.size(); k++) {
      int kind = k;
      IntPredicate ofKind = i -> run.tenant(i) == kind;
      results.add(
          new TenantResult(
              kinds.get(k).name(),
              kinds.get(k).urgency(),
              outcomesOf(ofKind),
              Latency.of(corrected(Kind.ADMITTED, ofKind)),
              Latency.of(corrected(Kind.SHED, ofKind))));
    }
    return results;
  }

  /** Every try of the requests from {@code first} on, as it was answered on the wire. */
  Attempts attemptsFrom(int first) {
    long sent = 0;
    long ok = 0;
    long shed = 0;
    for (int i = first; i < size(); i++) {
      sent += recorder.tries(i) + (started(i) ? 1 : 0);
      ok += recorder.status(i) == 200 ? 1 : 0;
      shed += recorder.shedTries(i) + (recorder.status(i) == Ending.REFUSED ? 1 : 0);
    }
    return new Attempts(sent, ok, shed, sent - ok - shed);
  }

  private static Kind kind(Ending ending) {
    return ending.admitted() ? Kind.ADMITTED : ending == Ending.SHED ? Kind.SHED : Kind.FAILED;
  }

  /** Response times of the window from the intended start, in microseconds. */
  Histogram corrected(Kind kind) {
    return histogram(kind, true, i -> true);
  }

  /** Response times of the window from the actual start, in microseconds. */
  Histogram uncorrected(Kind kind) {
    return histogram(kind, false, i -> true);
  }

  /** Response times of some requests of the window from the intended start, in microseconds. */
  Histogram corrected(Kind kind, IntPredicate which) {
    return histogram(kind, true, which);
  }

  private Histogram histogram(Kind kind, boolean fromIntended, IntPredicate which) {
    Histogram histogram = new Histogram(DIGITS);
    for (int i = firstInWindow; i < size(); i++) {
      if (which.test(i) && ended(i) && kind(ending(i)) == kind) {
        long micros =
            fromIntended
                ? responseMicros(i)
                : (recorder.endNanos(i) - recorder.startNanos(i)) / MICRO;
        histogram.recordValue(Math.max(0, micros));
      }
    }
    return histogram;
  }

  /** Every other figure of the window, by the title of its metric. */
  Map<String, Double> figures() {
    return new TreeMap<>(Map.of("longest_silence_ms", longestSilenceMillis()));
  }

  /** The longest time of the window in which no request ended. */
  private double longestSilenceMillis() {
    long[] ends =
        IntStream.range(0, size())
            .filter(this::ended)
            .mapToLong(recorder::endNanos)
            .filter(end -> end > leadInNanos() && end < lengthNanos())
            .sorted()
            .toArray();
    long before = leadInNanos();
    long longest = 0;
    for (long end : ends) {
      longest = Math.max(longest, end - before);
      before = end;
    }
    return Math.max(longest, lengthNanos() - before) / (double) MILLI;
  }

  /** The milliseconds of the window in which a request ended, from 0. */
  BitSet endedMillis() {
    BitSet millis = new BitSet();
    IntStream.range(0, size())
        .filter(this::ended)
        .mapToLong(recorder::endNanos)
        .filter(end -> end > leadInNanos() && end < lengthNanos())
        .forEach(end -> millis.set((int) ((end - leadInNanos()) / MILLI)));
    return millis;
  }

  /** Actual minus intended start in the window, in microseconds. */
  Histogram latenessMicros() {
    Histogram histogram = new Histogram(DIGITS);
    for (int i = firstInWindow; i < size(); i++) {
      if (started(i)) {
        histogram.recordValue(lateMicros(i));
      }
    }
    return histogram;
  }

  private long lateMicros(int index) {
    return Math.max(0, recorder.startNanos(index) - schedule.startNanos(index)) / MICRO;
  }

  /** The same in three figures. */
  Lateness lateness() {
    Histogram histogram = latenessMicros();
    return new Lateness(
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(99),
        IntStream.range(firstInWindow, size())
            .filter(this::started)
            .mapToLong(this::lateMicros)
            .max()
            .orElse(0));
  }

  /** Actual starts in each second from the schedule's zero. */
  int[] startsPerSecond() {
    int[] starts = new int[schedule.countsPer(SECOND).length];
    for (int i = 0; i < size(); i++) {
      int second = (int) (recorder.startNanos(i) / SECOND);
      if (started(i) && second >= 0 && second < starts.length) {
        starts[second]++;
      }
    }
    return starts;
  }

  /** The worst whole second of the window: starts achieved as a share of starts intended. */
  double minStartRatio() {
    int[] intended = schedule.countsPer(SECOND);
    int[] achieved = startsPerSecond();
    int first = (int) ((leadInNanos() + SECOND - 1) / SECOND);
    double worst = 1;
    for (int second = first; second < schedule.lengthNanos() / SECOND; second++) {
      if (intended[second] > 0) {
        worst = Math.min(worst, (double) achieved[second] / intended[second]);
      }
    }
    return worst;
  }
}
