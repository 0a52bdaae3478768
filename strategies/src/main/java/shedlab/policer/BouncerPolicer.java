package shedlab.policer;

import java.time.Duration;
import java.util.List;
import shedlab.admission.GateView;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * LinkedIn's Bouncer: admits a request if its expected time is within the promised time. The
 * expected time is the wait (the work of all requests before it, shared by the workers) plus its
 * own service time, at the promised percentile. Service times are learnt for each kind of request.
 *
 * <p>The paper adds the mean wait to a percentile of the service time ({@code margin=none}). That
 * admits requests right up to the promised time, and of those near it more are late than promised.
 * The default ({@code margin=sum}) is the percentile of the sum: {@code mean(wait) + mean(service)
 * + deviations * sqrt(var(wait) + var(service))}, where the sum is taken as normal and its parts as
 * independent.
 *
 * <p>This is a simplification of the paper:
 *
 * <ul>
 *   <li>The paper keeps histograms of service times; here a kind has a mean and a variance (plain
 *       over the first 50 requests, then exponential).
 *   <li>The paper has a promise for each of several percentiles; here there is one promise.
 *   <li>The paper counts waiting requests by kind; here every request before this one counts with
 *       the mean service time of all kinds, and one in service counts in full.
 *   <li>The paper has two additions that keep expensive kinds from starving; here there is none.
 * </ul>
 *
 * <p>A request is admitted in any case while fewer than {@code samples} of its kind are known, and
 * while no other request is in the gate.
 *
 * <p>It is made for a host that serves in order. If work starts at its admission, workers may be
 * shared: then the time that it took is divided by the requests per worker.
 */
public final class BouncerPolicer implements Policer {
  /** What is added for the spread of the wait. */
  public enum Margin {
    /** Nothing: mean wait and percentile of service, as in the paper. */
    NONE,
    /** The percentile of their sum. */
    SUM
  }

  private static final int KINDS = 32;
  private static final double KEEP = 0.98;

  private static final Parameter<Duration> PROMISE =
      Parameter.duration("promise", "promised time from arrival to completion");
  private static final Parameter<Integer> WORKERS =
      Parameter.integer("workers", "requests that are served at once", 1, 100_000);
  private static final Parameter<Double> DEVIATIONS =
      Parameter.real(
              "deviations",
              "standard deviations above the mean that must be in time: 1.28 for p90",
              0,
              10)
          .defaultsTo(1.28);
  private static final Parameter<Margin> MARGIN =
      Parameter.choice("margin", "what is added for the spread of the wait", Margin.class)
          .defaultsTo(Margin.SUM);
  private static final Parameter<Integer> SAMPLES =
      Parameter.integer("samples", "requests until a kind is known", 1, 1_000_000).defaultsTo(20);

  /** {@code bouncer:promise=T,workers=N,deviations=1.28,margin=sum,samples=20}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "bouncer",
              "admits a request if its expected time is within a promised time",
              "Xu and Colmenares, Bouncer, SIGMOD 2024",
              spec ->
                  new BouncerPolicer(
                      spec.get(PROMISE).toNanos(),
                      spec.get(WORKERS),
                      spec.get(DEVIATIONS),
                      spec.get(MARGIN),
                      spec.get(SAMPLES)),
              PROMISE,
              WORKERS,
              DEVIATIONS,
              MARGIN,
              SAMPLES)
          .tuned(target -> List.of(PROMISE.at(target.deadline()), WORKERS.at(target.workers())));

  private final double promiseNanos;
  private final int workers;
  private final double deviations;
  private final Margin margin;
  private final int samples;
  private final Service[] services = new Service[KINDS];
  private final Service all = new Service();

  /** A policer that has not measured anything yet. */
  public BouncerPolicer(
      long promiseNanos, int workers, double deviations, Margin margin, int samples) {
    this.promiseNanos = (double) promiseNanos;
    this.workers = workers;
    this.deviations = deviations;
    this.margin = margin;
    this.samples = samples;
    for (int kind = 0; kind < KINDS; kind++) {
      services[kind] = new Service();
    }
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    Service own = service(ticket);
    int in = gate.inflight() + gate.waiting();
    if (own.count < samples || in == 0) {
      return true; // otherwise an idle server could shed everything, and learn nothing
    }
    int before = Math.max(0, in - (workers - 1));
    double wait = before * all.mean / workers;
    double waitVariance =
        margin == Margin.SUM ? before * all.variance / ((double) workers * workers) : 0;
    double spread = deviations * Math.sqrt(waitVariance + own.variance);
    return wait + own.mean + spread <= promiseNanos;
  }

  @Override
  public void completed(Ticket ticket) {
    if (ticket.outcome() != Outcome.SUCCESS) {
      return;
    }
    double nanos = ticket.serviceNanos();
    if (ticket.serviceNanos() == ticket.elapsedNanos()) {
      nanos /= Math.max(1, (double) ticket.inflight() / workers);
    }
    service(ticket).add(nanos);
    all.add(nanos);
  }

  private Service service(Ticket ticket) {
    return services[Math.floorMod(ticket.kind(), KINDS)];
  }

  /** Mean and variance of service times: plain at first, then exponential. */
  private static final class Service {
    private int count;
    private double mean;
    private double variance;

    void add(double nanos) {
      count = Math.min(count + 1, Integer.MAX_VALUE - 1);
      double weight = Math.max(1 - KEEP, 1.0 / count);
      double difference = nanos - mean;
      mean += weight * difference;
      variance = (1 - weight) * (variance + weight * difference * difference);
    }
  }
}
