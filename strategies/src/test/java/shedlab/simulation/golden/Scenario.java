package shedlab.simulation.golden;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import shedlab.load.ArrivalProcess;
import shedlab.load.LoadProfile;
import shedlab.load.LoadProfile.Segment;
import shedlab.load.ServiceLaw;
import shedlab.numbers.Histogram;
import shedlab.simulation.Ending;
import shedlab.simulation.Observer;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.model.Tenant;
import shedlab.simulation.result.Counts;
import shedlab.simulation.result.Interval;
import shedlab.simulation.result.Result;
import shedlab.strategy.Strategy;

/**
 * What happens to a server of 4 cores with time-sliced threads and tasks of 10 ms: 1x is 400/s. A
 * refusal takes 0.1 ms, an answer is in time for 100 ms.
 *
 * @param name heading in the grid
 * @param law of sizes
 * @param profile loads as multiples of the capacity
 * @param leadInSeconds that are not measured
 * @param disturbanceEnds second from which on the server can serve the whole load again; NaN
 *     without a disturbance
 * @param idealRequests that a server that knows all could have done in time while it was measured
 * @param details what else is special
 */
record Scenario(
    String name,
    String law,
    List<Segment> profile,
    int leadInSeconds,
    double disturbanceEnds,
    double idealRequests,
    UnaryOperator<Simulation> details) {
  private static final int CAPACITY = 400;
  private static final int TASK_UNITS = 10_000;
  private static final Duration DEADLINE = Duration.ofMillis(100);
  private static final int CLIENTS = 20;
  private static final int URGENT_CLIENTS = 6;
  private static final int URGENT = 1;
  private static final String TWO_PRIORITIES = "30 % urgent";

  /** All of the grid, in its order. */
  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (String law : List.of("deterministic", "exponential")) {
      for (double load : new double[] {0.5, 0.9, 1.2, 2, 5}) {
        all.add(plateau(load, law, law));
      }
    }
    all.add(plateau(0.9, "heavy tail", "pareto:alpha=1.5"));
    all.add(plateau(2, "heavy tail", "pareto:alpha=1.5"));
    all.add(
        plateau(0.7, "bursts of 5 times that for 50 ms each second", "exponential")
            .with(s -> s.arrivals(ArrivalProcess.parse("bursts:peak=5.0,on=50ms,every=1s"))));
    all.add(changing("step 0.5x, 2x for 15 s, 0.5x", 5, 25, at(0.5, 10), at(2, 15), at(0.5, 10)));
    all.add(changing("cold start at 2x for 15 s, then 0.5x", 0, 15, at(2, 15), at(0.5, 15)));
    all.add(
        changing("0.8x, half the cores gone for 10 s", 5, 20, at(0.8, 30))
            .losing(10 * (0.8 - 0.5))
            .with(s -> s.incidents(List.of(drop(10, 10, 0.5)))));
    all.add(
        changing("retry storm: 0.8x, 70 % of the cores gone for 5 s", 5, 15, at(0.8, 30))
            .losing(5 * (0.8 - 0.3))
            .with(
                s ->
                    s.incidents(List.of(drop(10, 5, 0.3)))
                        .clients(
                            ClientModel.impatient(DEADLINE.multipliedBy(2))
                                .retrying(Retry.immediate(3)))));
    all.add(plateau(2, TWO_PRIORITIES, "exponential").with(s -> s.tenants(clients(URGENT, 5))));
    return all;
  }

  private static List<Tenant> clients(int urgency, int urgencyOfMost) {
    return IntStream.range(0, CLIENTS)
        .mapToObj(i -> new Tenant("c" + i, 1, i < URGENT_CLIENTS ? urgency : urgencyOfMost, 1))
        .toList();
  }

  private static Scenario plateau(double load, String kind, String law) {
    int leadIn = 10;
    int measured = 20;
    return new Scenario(
        Decimal.of(load, 1) + "x " + kind,
        law,
        List.of(at(load, leadIn + measured)),
        leadIn,
        Double.NaN,
        Math.min(1, load) * CAPACITY * measured,
        s -> s);
  }

  private static Scenario changing(String name, int leadIn, double ends, Segment... segments) {
    double ideal = 0;
    double seconds = 0;
    for (Segment segment : segments) {
      double measured = segment.seconds() - Math.max(0, leadIn - seconds);
      ideal += Math.min(1, segment.ratePerSecond()) * CAPACITY * Math.max(0, measured);
      seconds += segment.seconds();
    }
    return new Scenario(name, "exponential", List.of(segments), leadIn, ends, ideal, s -> s);
  }

  /** A load in capacities. */
  private static Segment at(double load, double seconds) {
    return new Segment(load, seconds);
  }

  private static Incident drop(long at, long length, double left) {
    return Incident.capacity(Duration.ofSeconds(at), Duration.ofSeconds(length), left);
  }

  private Scenario with(UnaryOperator<Simulation> more) {
    return new Scenario(name, law, profile, leadInSeconds, disturbanceEnds, idealRequests, more);
  }

  /** No strategy can use this many seconds of the full capacity. */
  private Scenario losing(double seconds) {
    return new Scenario(
        name,
        law,
        profile,
        leadInSeconds,
        disturbanceEnds,
        idealRequests - seconds * CAPACITY,
        details);
  }

  /**
   * The figures of a strategy: of all clients, then of the urgent and of the others if there are
   * two groups.
   *
   * @param pool whether there is one worker per core, first in first out, instead of one thread per
   *     request
   */
  List<Figures> run(Strategy strategy, boolean pool) {
    ServerModel server =
        ServerModel.of(4)
            .withWorkers(pool ? 4 : ServerModel.UNBOUNDED)
            .withRejectCost(Duration.ofNanos(100_000));
    List<Segment> rates =
        profile.stream().map(s -> new Segment(s.ratePerSecond() * CAPACITY, s.seconds())).toList();
    Simulation simulation =
        Simulation.of(strategy, server, ServiceLaw.parse(law, TASK_UNITS))
            .load(new LoadProfile(rates))
            .clients(ClientModel.PATIENT.tellingDeadline())
            .tenants(clients(3, 3))
            .leadIn(Duration.ofSeconds(leadInSeconds))
            .deadline(DEADLINE)
            .interval(Duration.ofSeconds(1))
            .seed(1);
    ByUrgency latencies = new ByUrgency(leadInSeconds * 1_000_000_000L);
    Result result = details.apply(simulation).observer(latencies).run();
    List<Figures> figures = new ArrayList<>();
    figures.add(
        new Figures(
            "",
            result.requests().good() / idealRequests,
            result.requests().shedShare(),
            result.tries().calm() == 0 ? Double.NaN : result.falseShedShare(),
            millis(result.admittedLatency().count(), result.admittedLatency().p99()),
            recovery(result.series())));
    if (name.endsWith(TWO_PRIORITIES)) {
      List<Counts> all = result.byTenant();
      figures.add(of("urgent", all.subList(0, URGENT_CLIENTS), latencies.urgent));
      figures.add(of("others", all.subList(URGENT_CLIENTS, CLIENTS), latencies.others));
    }
    return figures;
  }

  private static Figures of(String whose, List<Counts> counts, Histogram done) {
    double offered = counts.stream().mapToLong(Counts::offered).sum();
    return new Figures(
        whose,
        counts.stream().mapToLong(Counts::good).sum() / offered,
        counts.stream().mapToLong(Counts::shed).sum() / offered,
        Double.NaN,
        millis(done.total(), done.percentile(99)),
        "");
  }

  private static double millis(long count, long nanos) {
    return count == 0 ? Double.NaN : nanos / 1e6;
  }

  /** Seconds from the end of the disturbance until, from then on, 95 % of what ends is good. */
  private String recovery(List<Interval> series) {
    if (Double.isNaN(disturbanceEnds)) {
      return "-";
    }
    double recovered = disturbanceEnds;
    for (Interval interval : series) {
      boolean bad = interval.good() < 0.95 * interval.ended();
      double end = interval.startSeconds() + interval.seconds();
      recovered = bad ? Math.max(recovered, end) : recovered;
    }
    Interval last = series.get(series.size() - 1);
    boolean ever = recovered < last.startSeconds() + last.seconds();
    return ever ? Decimal.of(recovered - disturbanceEnds, 0) : "never";
  }

  /**
   * The figures of one row.
   *
   * @param whose empty for all clients
   * @param goodput done in time, as a share of the most possible; for a group of clients, of its
   *     requests
   * @param shed requests whose last try was shed, as a share of those offered
   * @param falseShed tries shed while the offered load was below the capacity; NaN if it never was
   * @param p99Millis of the requests done; NaN if there was none
   */
  record Figures(
      String whose,
      double goodput,
      double shed,
      double falseShed,
      double p99Millis,
      String recovery) {}

  private static final class ByUrgency implements Observer {
    private final Histogram urgent = new Histogram(7);
    private final Histogram others = new Histogram(7);
    private final long fromNanos;

    ByUrgency(long fromNanos) {
      this.fromNanos = fromNanos;
    }

    @Override
    public void ended(long intendedNanos, long endedNanos, Ending ending, int tenant) {
      boolean isDone = ending == Ending.GOOD || ending == Ending.LATE;
      if (isDone && intendedNanos >= fromNanos) {
        (tenant < URGENT_CLIENTS ? urgent : others).record(endedNanos - intendedNanos);
      }
    }
  }
}
