package shedlab.policer.cpu;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * A token bucket of CPU time instead of requests, as in CockroachDB's admission control. A request
 * is admitted while the bucket is not empty. It pays its estimated CPU time on arrival; when it
 * ends, the CPU time that it really used takes the place of the estimate. The bucket is filled at
 * {@code target * cores / m}, and holds what comes in {@code capacity}; at first it is full.
 *
 * <p>{@code m} is what the process uses in all for each second that its requests use: the compiler,
 * the collector, I/O threads and refusals take their part of the CPU, and neither queues nor
 * latencies show it before it is too late. It is taken once per {@code interval}, kept in 1 to 20,
 * and moves half of the way if it rises, 0.8 of it if it falls. While less than a quarter of the
 * CPU is used it says nothing; it then only shrinks, by 1.5 at most, down to {@code target / 0.25}.
 *
 * <p>More urgent requests than normal have a bucket of their own, filled at {@code target + burst};
 * every request pays into both. The debt of that bucket is forgiven at once; the other's is never
 * more than what the two differ by.
 *
 * <p>The estimate is the mean CPU time of an interval, averaged with the estimate before; while the
 * first interval lasts, the mean so far.
 *
 * <p>Differences from the original:
 *
 * <ul>
 *   <li>A request that finds no token is shed; the original lets it wait in a queue per tenant.
 *   <li>Who may use the second bucket follows from the urgency; there, from how much its tenant has
 *       used of late.
 *   <li>There is one estimate instead of one per tenant. It is paid for each request that is in the
 *       gate, so that one which is shed behind this policer has paid nothing.
 *   <li>The bucket is filled at arrivals instead of every millisecond.
 *   <li>{@code m} divides by the CPU time of the requests that ended in the interval; there, by
 *       what was paid in it, so that work which still waits in the host makes it smaller.
 *   <li>The cores are those that the host could have: a quota counts there as well, a neighbour
 *       does not. While the host gets what this policer grants, a neighbour takes only what is left
 *       over, and does not count here either.
 * </ul>
 *
 * <p>It holds the CPU use, not the queue: what the first full bucket admits stays ahead of all that
 * follows until the cores have used the share that {@code target} leaves to catch up.
 */
public final class CpuTokensPolicer implements Policer {
  private static final double LOW_USE = 0.25;
  private static final double LEAST_MULTIPLIER = 1;
  private static final double MOST_MULTIPLIER = 20;
  private static final double SHRINKS_BY = 1.5;
  private static final double RISES_BY = 0.5;
  private static final double FALLS_BY = 0.8;
  private static final double LATEST_MEAN = 0.5;

  /** More of what was granted than this counts as all of it. */
  private static final double GOT_ALL = 0.9;

  /** So that a host that could have nothing for an interval finds out that it can again. */
  private static final double LEAST_CORES = 0.01;

  private static final int NORMAL_URGENCY = 3;

  private static final Parameter<Double> TARGET =
      Parameter.real("target", "share of the CPU that is granted", 0.5, 1).defaultsTo(0.75);
  private static final Parameter<Double> BURST =
      Parameter.real("burst", "what urgent requests may use in addition", 0, 1).defaultsTo(0.25);
  private static final Parameter<Duration> INTERVAL =
      Parameter.duration("interval", "between readings of the CPU")
          .defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Duration> CAPACITY =
      Parameter.duration("capacity", "the bucket holds what comes in this time")
          .defaultsTo(Duration.ofSeconds(1));

  /** {@code cpu-tokens:target=0.75,burst=0.25,interval=1s,capacity=1s}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "cpu-tokens",
              "a token bucket of CPU time, corrected by what requests really used",
              "CockroachDB cpu_time_token_filler",
              spec ->
                  new CpuTokensPolicer(
                      spec.get(TARGET),
                      spec.get(BURST),
                      spec.get(INTERVAL).toNanos(),
                      spec.get(CAPACITY).toNanos()),
              TARGET,
              BURST,
              INTERVAL,
              CAPACITY)
          .tuned(
              target ->
                  List.of(
                      TARGET.at(0.95),
                      BURST.at(0.05),
                      INTERVAL.at(target.part(2)),
                      CAPACITY.at(target.part(1))));

  private final double target;
  private final long intervalNanos;
  private final double capacityNanos;
  private final Bucket normal;
  private final Bucket urgent;

  private boolean began;
  private long filledNanos;
  private long intervalBeganNanos;
  private long cpuThenNanos;
  private long deniedThenNanos;

  private double cores;
  private double multiplier = LEAST_MULTIPLIER;

  /** Of the requests that ended in this interval. */
  private int ended;

  private double endedCpuNanos;

  /** Zero until the first interval with a request has ended. */
  private double estimateNanos;

  /** Full buckets. */
  public CpuTokensPolicer(double target, double burst, long intervalNanos, long capacityNanos) {
    this.target = target;
    this.intervalNanos = intervalNanos;
    this.capacityNanos = (double) capacityNanos;
    this.normal = new Bucket(target);
    this.urgent = new Bucket(target + burst);
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (!began) {
      began = true;
      cores = gate.cpus();
      filledNanos = nowNanos;
      beginInterval(gate.cpuNanos(), gate.deniedNanos(), nowNanos);
      setRates();
    }
    int in = gate.inflight() + gate.waiting();
    double paid = in * estimate();
    fill(nowNanos, paid);
    if (nowNanos - intervalBeganNanos >= intervalNanos) {
      fit(gate, in, nowNanos);
      paid = in * estimate();
      fill(nowNanos, paid);
    }
    Bucket bucket = ticket.urgency() < NORMAL_URGENCY ? urgent : normal;
    return bucket.balance > paid;
  }

  @Override
  public void completed(Ticket ticket) {
    double used = ticket.cpuNanos();
    ended++;
    endedCpuNanos += used;
    normal.balance -= used;
    urgent.balance -= used;
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.CPU, Signal.REQUEST_CPU);
  }

  private double estimate() {
    double mean = ended == 0 ? 0 : endedCpuNanos / ended;
    return Math.max(1, estimateNanos == 0 ? mean : estimateNanos);
  }

  private void fill(long nowNanos, double paid) {
    double elapsed = nowNanos - filledNanos;
    filledNanos = nowNanos;
    normal.fill(elapsed, paid, (normal.rate - urgent.rate) * capacityNanos);
    urgent.fill(elapsed, paid, 0);
  }

  /** The end of an interval. */
  private void fit(GateView gate, int in, long nowNanos) {
    long cpu = gate.cpuNanos();
    long denied = gate.deniedNanos();
    double elapsed = nowNanos - intervalBeganNanos;
    double used = Math.max(0, cpu - cpuThenNanos);
    double couldHave = gate.cpus() - (denied - deniedThenNanos) / elapsed;
    boolean starved = in > gate.cpus() && used < GOT_ALL * target * cores * elapsed;
    cores = Math.max(LEAST_CORES, starved ? couldHave : Math.max(cores, couldHave));
    fitMultiplier(used, elapsed);
    if (ended > 0) {
      double mean = endedCpuNanos / ended;
      estimateNanos =
          estimateNanos == 0 ? mean : LATEST_MEAN * mean + (1 - LATEST_MEAN) * estimateNanos;
    }
    ended = 0;
    endedCpuNanos = 0;
    beginInterval(cpu, denied, nowNanos);
    setRates();
  }

  private void fitMultiplier(double used, double elapsed) {
    if (used < LOW_USE * cores * elapsed) {
      double most = target / LOW_USE;
      multiplier = multiplier > most ? Math.max(multiplier / SHRINKS_BY, most) : multiplier;
      return;
    }
    double seen = used / Math.max(1, endedCpuNanos);
    double fitted = Math.max(LEAST_MULTIPLIER, Math.min(MOST_MULTIPLIER, seen));
    double weight = fitted < multiplier ? FALLS_BY : RISES_BY;
    multiplier = weight * fitted + (1 - weight) * multiplier;
  }

  private void beginInterval(long cpu, long denied, long nowNanos) {
    cpuThenNanos = cpu;
    deniedThenNanos = denied;
    intervalBeganNanos = nowNanos;
  }

  private void setRates() {
    normal.setRate(cores / multiplier);
    urgent.setRate(cores / multiplier);
  }

  /** CPU time, in nanoseconds. */
  private final class Bucket {
    private final double share;

    /** CPU time that comes in per nanosecond. */
    private double rate;

    /** What is there, before those in the gate have paid. */
    private double balance;

    Bucket(double share) {
      this.share = share;
    }

    /** What it holds changes with the rate, and what is in it by as much. */
    void setRate(double all) {
      double before = rate;
      rate = share * all;
      balance += (rate - before) * capacityNanos;
    }

    void fill(double elapsed, double paid, double least) {
      double left = balance - paid + rate * elapsed;
      balance = Math.max(least, Math.min(rate * capacityNanos, left)) + paid;
    }
  }
}
