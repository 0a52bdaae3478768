package shedlab.policer;

import java.time.Duration;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * LinkedIn's Bouncer: admits a request if the time it can expect keeps the promise. That is its
 * wait, the work of everybody before it shared by the workers, and its own service time at the
 * promised percentile; service times are learnt for each kind of request.
 *
 * <p>The original adds a mean wait to a percentile of service: it packs right up to the promise,
 * and half of those at the edge are late. {@code margin} is how many standard deviations of the
 * wait are added: the percentile of the sum, taken as normal. 0 is the original.
 *
 * <p>Knows waiters by number, not by kind: a waiter counts as one of the mean kind. Until {@code
 * samples} of a kind are known it is admitted, and whenever nobody else is in.
 */
public final class BouncerPolicer implements Policer {
  private static final int KINDS = 32;
  private static final double KEEP = 0.98;

  private static final Parameter<Duration> PROMISE =
      Parameter.duration("promise", "from arrival to completion");
  private static final Parameter<Integer> WORKERS =
      Parameter.integer("workers", "that serve at once: the cores", 1, 100_000);
  private static final Parameter<Double> DEVIATIONS =
      Parameter.real("deviations", "of the service time above its mean: 1.28 for p90", 0, 10)
          .defaultsTo(1.28);
  private static final Parameter<Double> MARGIN =
      Parameter.real("margin", "deviations of the wait above its mean", 0, 10).defaultsTo(1.28);
  private static final Parameter<Integer> SAMPLES =
      Parameter.integer("samples", "until a kind is known", 1, 1_000_000).defaultsTo(20);

  /** {@code bouncer:promise=T,workers=N,deviations=1.28,margin=1.28,samples=20}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<>(
          "bouncer",
          "admits whoever can expect an answer within a promise",
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
          SAMPLES);

  private final double promiseNanos;
  private final int workers;
  private final double deviations;
  private final double margin;
  private final int samples;
  private final Service[] services = new Service[KINDS];
  private final Service all = new Service();

  /** Nothing known. */
  public BouncerPolicer(
      long promiseNanos, int workers, double deviations, double margin, int samples) {
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
      return true; // an idle server turns nobody away: it would never learn otherwise
    }
    int before = Math.max(0, in - (workers - 1));
    double wait = before * all.mean / workers;
    double waitDeviation = Math.sqrt(before * all.variance) / workers;
    double ownAtPercentile = own.mean + deviations * Math.sqrt(own.variance);
    return wait + margin * waitDeviation + ownAtPercentile <= promiseNanos;
  }

  /**
   * Time-sliced work takes longer the more there is of it: what a request took is divided by how
   * many shared the workers with it.
   */
  @Override
  public void completed(Ticket ticket) {
    double sharing = Math.max(1, (double) ticket.inflight() / workers);
    double nanos = ticket.elapsedNanos() / sharing;
    service(ticket).add(nanos);
    all.add(nanos);
  }

  private Service service(Ticket ticket) {
    return services[Math.floorMod(ticket.kind(), KINDS)];
  }

  /** Mean and variance: plain at first, then exponential. */
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
