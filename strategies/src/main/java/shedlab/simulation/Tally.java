package shedlab.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.admission.Shed;
import shedlab.numbers.Histogram;
import shedlab.simulation.result.Averages;
import shedlab.simulation.result.Counts;
import shedlab.simulation.result.Interval;
import shedlab.simulation.result.Latency;
import shedlab.simulation.result.Result;

/**
 * Counts everything. Figures of requests count by the intended start, figures of servers by the
 * time at which something happens. Its memory grows only by the intervals that are kept.
 */
final class Tally {
  private static final int OFFERED = Ending.values().length;

  private final EventQueue events;
  private final Observer observer;
  private final int servers;
  private final DoubleSupplier busyNanos;
  private final double cpuNanosPerNano;
  private final long[][] byTenant;
  private final Histogram done = new Histogram(Latency.HISTOGRAM_BITS);
  private final Histogram refused = new Histogram(Latency.HISTOGRAM_BITS);
  private final Level waiting = new Level();
  private final Level inflight = new Level();
  private final Level limit = new Level();
  private final List<Interval> series = new ArrayList<>();

  private final Span window = new Span();
  private boolean inWindow;
  private @Nullable Span interval;

  /** Response times of what was done in the interval; one for all, as it is large. */
  private final Histogram doneInInterval = new Histogram(Latency.HISTOGRAM_BITS);

  /** The offered load is below the current capacity. */
  private boolean calm;

  Tally(
      EventQueue events,
      Observer observer,
      int servers,
      int coresOfAll,
      int tenants,
      DoubleSupplier busyNanos) {
    this.events = events;
    this.observer = observer;
    this.servers = servers;
    this.cpuNanosPerNano = coresOfAll;
    this.busyNanos = busyNanos;
    this.byTenant = new long[tenants][OFFERED + 1];
  }

  void calm(boolean now) {
    calm = now;
  }

  void limitChanged(long delta) {
    limit.change(delta, events.nanos());
  }

  /** So many are no longer in a server, without an end of their own. */
  void lost(long waitingThere, long inflightThere) {
    waiting.change(-waitingThere, events.nanos());
    inflight.change(-inflightThere, events.nanos());
  }

  void offered(int tenant) {
    if (inWindow) {
      byTenant[tenant][OFFERED]++;
      window.offered++;
    }
    if (interval != null) {
      interval.offered++;
    }
  }

  void entered(Visit visit) {
    visit.calm = calm && inWindow;
    waiting.change(1, events.nanos());
    if (inWindow) {
      window.tries++;
      window.calmTries += calm ? 1 : 0;
    }
    if (interval != null) {
      interval.tries++;
    }
  }

  void admitted(Visit visit) {
    waiting.change(-1, events.nanos());
    inflight.change(1, events.nanos());
    if (inWindow) {
      window.admitted++;
      window.waitedNanos += visit.waitedNanos();
    }
    if (interval != null) {
      interval.admitted++;
      interval.waitedNanos += visit.waitedNanos();
    }
  }

  void shed(Visit visit, Shed reason) {
    waiting.change(-1, events.nanos());
    if (inWindow) {
      window.shed[reason.ordinal()]++;
      window.falseShed += visit.calm && reason != Shed.ABANDONED ? 1 : 0;
    }
  }

  void completed(Visit visit) {
    inflight.change(-1, events.nanos());
    if (inWindow) {
      window.completed++;
      window.elapsedNanos += visit.elapsedNanos();
    }
    if (interval != null) {
      interval.completed++;
      interval.elapsedNanos += visit.elapsedNanos();
    }
  }

  void ended(Request request, Ending ending, long endedNanos) {
    long response = endedNanos - request.intendedNanos;
    boolean isDone = ending == Ending.GOOD || ending == Ending.LATE;
    if (request.measured) {
      byTenant[request.tenant][ending.ordinal()]++;
      if (isDone) {
        done.record(response);
      } else if (ending == Ending.SHED) {
        refused.record(response);
      }
    }
    if (interval != null) {
      interval.endings[ending.ordinal()]++;
      if (isDone) {
        doneInInterval.record(response);
      }
    }
    observer.ended(request.intendedNanos, endedNanos, ending, request.tenant);
  }

  boolean inWindow() {
    return inWindow;
  }

  void openWindow() {
    inWindow = true;
    begin(window);
  }

  /** Ends the window. Its requests that end later still count; the averages end here. */
  Averages closeWindow() {
    inWindow = false;
    return averages(window);
  }

  void openInterval() {
    interval = new Span();
    doneInInterval.clear();
    begin(interval);
  }

  void closeInterval() {
    Span over = interval;
    if (over == null) {
      return;
    }
    Averages mean = averages(over);
    Interval closed =
        new Interval(
            over.startNanos / 1e9,
            over.offered,
            over.tries,
            over.ended(Ending.GOOD),
            over.ended(Ending.LATE),
            over.ended(Ending.SHED),
            over.ended(Ending.ABANDONED),
            doneInInterval.percentile(99),
            mean);
    interval = null;
    series.add(closed);
    observer.interval(closed);
  }

  private void begin(Span span) {
    long now = events.nanos();
    span.startNanos = now;
    span.waitingArea = waiting.area(now);
    span.inflightArea = inflight.area(now);
    span.limitArea = limit.area(now);
    span.busyNanos = busyNanos.getAsDouble();
  }

  /** Up to now. */
  private Averages averages(Span span) {
    long now = events.nanos();
    double length = Math.max(1, now - span.startNanos);
    double meanLimit = (limit.area(now) - span.limitArea) / length / servers;
    return new Averages(
        (now - span.startNanos) / 1e9,
        (waiting.area(now) - span.waitingArea) / length,
        (inflight.area(now) - span.inflightArea) / length,
        meanLimit > Limit.MAX / 2.0 ? Double.NaN : meanLimit,
        (busyNanos.getAsDouble() - span.busyNanos) / length / cpuNanosPerNano,
        span.waitedNanos / Math.max(1, span.admitted),
        span.elapsedNanos / Math.max(1, span.completed));
  }

  Result result(String strategy, Averages mean) {
    List<Counts> tenants = new ArrayList<>();
    long[] all = new long[OFFERED + 1];
    for (long[] of : byTenant) {
      tenants.add(counts(of));
      for (int i = 0; i <= OFFERED; i++) {
        all[i] += of[i];
      }
    }
    Map<Shed, Long> shed = new EnumMap<>(Shed.class);
    for (Shed reason : Shed.values()) {
      shed.put(reason, window.shed[reason.ordinal()]);
    }
    return new Result(
        strategy,
        counts(all),
        List.copyOf(tenants),
        new Result.Tries(window.tries, window.admitted, shed, window.calmTries, window.falseShed),
        Latency.of(done),
        Latency.of(refused),
        mean,
        List.copyOf(series));
  }

  private static Counts counts(long[] of) {
    long good = of[Ending.GOOD.ordinal()];
    long late = of[Ending.LATE.ordinal()];
    long shed = of[Ending.SHED.ordinal()];
    long abandoned = of[Ending.ABANDONED.ordinal()];
    long offered = of[OFFERED];
    return new Counts(
        offered, good, late, shed, abandoned, offered - good - late - shed - abandoned);
  }
}
