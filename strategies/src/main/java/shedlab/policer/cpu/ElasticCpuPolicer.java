package shedlab.policer.cpu;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.numbers.Histogram;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * CockroachDB's elastic CPU: work of low urgency gets a share of the CPU that follows how late
 * threads wake. Every {@code period} the p99 of the wake-ups is averaged (0.3 of the latest). If
 * the average is above {@code target} and the low class uses more than {@code least}, its share
 * falls by twice {@code step}; else, if it uses at least 0.9 of its share, the share rises by
 * {@code step}. It stays between {@code least} and {@code most}. Requests more urgent than {@code
 * urgency} are not policed.
 *
 * <p>The share fills a bucket of CPU time that holds what comes in a second. A request of the class
 * is admitted while there is any; it pays the mean CPU time of its class, and the rest, or what was
 * too much, when it ends.
 *
 * <p>Differences from the original:
 *
 * <ul>
 *   <li>A request without CPU time is shed instead of waiting.
 *   <li>The original hands out CPU time in slices of 100 ms to work that can be interrupted.
 *   <li>There, {@code step} is given for each second; here it is for each period, by default the
 *       100 ms of the original's sampling: 0.1 % a second are 0.0001.
 * </ul>
 */
public final class ElasticCpuPolicer implements Policer {
  private static final double PERCENT = 99;
  private static final double LATEST = 0.3;
  private static final double FALLS_BY = 2;
  private static final double IN_USE = 0.9;
  private static final double MEAN_KEEPS = 0.9;
  private static final double CAPACITY_NANOS = 1e9;

  private static final Parameter<Integer> URGENCY =
      Parameter.integer("urgency", "the most urgent that is of the low class", 0, 7).defaultsTo(4);
  private static final Parameter<Duration> TARGET =
      Parameter.duration("target", "p99 of how late a thread wakes")
          .defaultsTo(Duration.ofMillis(1));
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "between updates of the share")
          .defaultsTo(Duration.ofMillis(100));
  private static final Parameter<Double> STEP =
      Parameter.real("step", "by how much the share rises", 0, 1).defaultsTo(0.0001);
  private static final Parameter<Double> LEAST =
      Parameter.real("least", "smallest share", 0.001, 1).defaultsTo(0.05);
  private static final Parameter<Double> MOST =
      Parameter.real("most", "greatest share, and the first", 0.001, 1).defaultsTo(0.25);

  /** {@code elastic-cpu:urgency=4,target=1ms,period=100ms,step=1.0E-4,least=0.05,most=0.25}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "elastic-cpu",
              "a share of the CPU for work of low urgency, smaller while threads wake late",
              "CockroachDB elastic CPU granter, scheduler_latency_listener",
              spec ->
                  new ElasticCpuPolicer(
                      spec.get(URGENCY),
                      spec.get(TARGET).toNanos(),
                      spec.get(PERIOD).toNanos(),
                      spec.get(STEP),
                      spec.get(LEAST),
                      spec.get(MOST)),
              URGENCY,
              TARGET,
              PERIOD,
              STEP,
              LEAST,
              MOST)
          .ordered(List.of(LEAST, MOST))
          .tuned(
              target ->
                  List.of(
                      URGENCY.at(0),
                      TARGET.at(UnseenWakeUps.LATE_WHERE_THREE_SHARE_A_CORE),
                      STEP.at(0.01),
                      MOST.at(1.0)));

  private final int urgency;
  private final long targetNanos;
  private final long periodNanos;
  private final double step;
  private final double least;
  private final double most;
  private final Histogram lateness = new Histogram(5);
  private final UnseenWakeUps wakeUps = new UnseenWakeUps();

  private boolean began;
  private long filledNanos;
  private long periodBeganNanos;
  private double averageNanos;
  private double share;

  /** CPU time that is there. */
  private double balance;

  /** What was paid in this period, corrections included. */
  private double paid;

  private double meanNanos;

  /** The greatest share, and a full bucket. Expects {@code least <= most}. */
  public ElasticCpuPolicer(
      int urgency, long targetNanos, long periodNanos, double step, double least, double most) {
    this.urgency = urgency;
    this.targetNanos = targetNanos;
    this.periodNanos = periodNanos;
    this.step = step;
    this.least = least;
    this.most = most;
    this.share = most;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (!began) {
      began = true;
      filledNanos = nowNanos;
      periodBeganNanos = nowNanos;
      balance = share * gate.cpus() * CAPACITY_NANOS;
      wakeUps.addTo(lateness, gate, nowNanos);
    }
    double rate = share * gate.cpus();
    balance = Math.min(rate * CAPACITY_NANOS, balance + rate * (nowNanos - filledNanos));
    filledNanos = nowNanos;
    if (nowNanos - periodBeganNanos >= periodNanos) {
      wakeUps.addTo(lateness, gate, nowNanos);
      update(paid / (gate.cpus() * (double) (nowNanos - periodBeganNanos)));
      periodBeganNanos = nowNanos;
    }
    if (ticket.urgency() < urgency) {
      return true;
    }
    if (balance <= 0) {
      return false;
    }
    pay(meanNanos);
    return true;
  }

  @Override
  public void completed(Ticket ticket) {
    if (ticket.urgency() >= urgency) {
      double used = ticket.cpuNanos();
      pay(used - meanNanos);
      meanNanos = meanNanos == 0 ? used : MEAN_KEEPS * meanNanos + (1 - MEAN_KEEPS) * used;
    }
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.CPU, Signal.REQUEST_CPU, Signal.WAKE_UPS);
  }

  private void pay(double nanos) {
    balance -= nanos;
    paid += nanos;
  }

  private void update(double used) {
    averageNanos = LATEST * lateness.percentile(PERCENT) + (1 - LATEST) * averageNanos;
    if (averageNanos > targetNanos && used > least) {
      share = Math.max(least, share - FALLS_BY * step);
    } else if (used >= IN_USE * share) {
      share = Math.min(most, share + step);
    }
    lateness.clear();
    paid = 0;
  }
}
