package shedlab.policer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import shedlab.admission.GateView;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Kratos' BBR: while the CPU is busy, and up to a second after it began to shed, no more in flight
 * than the best throughput times the least time of the last ten seconds. A policer, not a limit:
 * nothing is limited while the CPU is not busy.
 *
 * <p>The CPU use is an average that keeps 0.95 each half second: after a step from 0.5 to 1 it
 * takes 9 s to reach 0.8. All that time the queue grows, and what it does to times and throughput
 * is what the window then holds. Kratos cuts each time to whole milliseconds ({@code resolution})
 * and rounds the least mean up to them, which makes it useless for work of one or two.
 *
 * <p>Any number in flight is a fixed point of its bound once all of the last window had as many: on
 * time-sliced cores {@code L} in flight take {@code L / cores} service times, and throughput times
 * that is {@code L} again. So it holds what it has when it first sheds: begun cold, far beyond the
 * capacity, that is a queue too long for any deadline, and nothing makes it shorter: TCP's BBR
 * drains now and then to measure anew, this does not. A limit behind it holds that.
 *
 * <p>As in the original the time of a dropped request counts: after a bucket of drops of 1 ms among
 * work of 20 ms the bound is a twentieth for as long as the window lasts. With {@code
 * samples=successes}, as tuned, it does not count.
 *
 * <p>In flight is everybody admitted and not completed, whoever waits in a backlog included, since
 * the time counts from arrival. Readings of the CPU come with arrivals instead of a ticker. A
 * bucket may be longer than a second: the original counts whole buckets to a second, and of longer
 * ones none.
 */
public final class KratosPolicer implements Policer {
  /** Whose times and throughput count. */
  public enum Samples {
    /** Those of every request that has completed. */
    ALL,
    /** Not those of dropped requests. */
    SUCCESSES
  }

  private static final long COOL_OFF_NANOS = 1_000_000_000;

  /** Two in flight are two, also as a product of fractions. */
  private static final double ROUNDING_ERROR = 1e-9;

  private static final Parameter<Double> THRESHOLD =
      Parameter.real("threshold", "CPU use that is busy", 0, 1).defaultsTo(0.8);
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "between readings of the CPU")
          .defaultsTo(Duration.ofMillis(500));
  private static final Parameter<Double> KEEP =
      Parameter.real("keep", "what a reading leaves of the average", 0, 0.999).defaultsTo(0.95);
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "of throughput and time").defaultsTo(Duration.ofSeconds(10));
  private static final Parameter<Integer> BUCKETS =
      Parameter.integer("buckets", "of the window", 2, 10_000).defaultsTo(100);
  private static final Parameter<Duration> RESOLUTION =
      Parameter.duration("resolution", "the least time is rounded up to it")
          .defaultsTo(Duration.ofMillis(1));

  private static final Parameter<Samples> SAMPLES =
      Parameter.choice("samples", "whose times count", Samples.class).defaultsTo(Samples.ALL);

  /** {@code kratos:threshold=0.8,period=500ms,keep=0.95,window=10s,buckets=100,...}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "kratos",
              "while the CPU is busy, no more than best throughput times least time",
              "go-kratos/aegis ratelimit/bbr",
              spec ->
                  new KratosPolicer(
                      spec.get(THRESHOLD),
                      spec.get(PERIOD).toNanos(),
                      spec.get(KEEP),
                      spec.get(WINDOW).toNanos(),
                      spec.get(BUCKETS),
                      spec.get(RESOLUTION).toNanos(),
                      spec.get(SAMPLES)),
              THRESHOLD,
              PERIOD,
              KEEP,
              WINDOW,
              BUCKETS,
              RESOLUTION,
              SAMPLES)
          .tuned(
              target ->
                  List.of(
                      THRESHOLD.at(0.9),
                      PERIOD.at(target.part(0.5)),
                      KEEP.at(0.5),
                      WINDOW.at(Duration.ofMinutes(1)),
                      BUCKETS.at(20),
                      RESOLUTION.at(Duration.ofNanos(1_000)),
                      SAMPLES.at(Samples.SUCCESSES)));

  private final double threshold;
  private final CpuLoad load;
  private final ThroughputWindow window;
  private final double resolutionNanos;
  private final Samples samples;
  private boolean shedding;
  private long sheddingSinceNanos;

  /** Nothing known. */
  public KratosPolicer(
      double threshold,
      long periodNanos,
      double keep,
      long windowNanos,
      int buckets,
      long resolutionNanos,
      Samples samples) {
    this.threshold = threshold;
    this.load = new CpuLoad(periodNanos, keep);
    this.window = new ThroughputWindow(windowNanos, buckets);
    this.resolutionNanos = (double) resolutionNanos;
    this.samples = samples;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    boolean busy = load.at(nowNanos, gate) >= threshold;
    if (!busy && !(shedding && nowNanos - sheddingSinceNanos <= COOL_OFF_NANOS)) {
      shedding = false;
      return true;
    }
    int inflight = gate.inflight() + gate.waiting();
    boolean sheds = inflight > 1 && inflight > Math.floor(mostInflight(nowNanos) + ROUNDING_ERROR);
    if (sheds && busy && !shedding) {
      shedding = true;
      sheddingSinceNanos = nowNanos;
    }
    return !sheds;
  }

  private double mostInflight(long nowNanos) {
    double least = Math.max(1, Math.ceil(window.leastMean(nowNanos, 0)));
    return window.bestPerNano(nowNanos) * least * resolutionNanos;
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.CPU);
  }

  @Override
  public void completed(Ticket ticket) {
    if (samples == Samples.SUCCESSES && ticket.outcome() != Outcome.SUCCESS) {
      return;
    }
    long nanos = ticket.waitedNanos() + ticket.elapsedNanos();
    window.add(Math.floor(nanos / resolutionNanos), ticket.completedNanos());
  }
}
