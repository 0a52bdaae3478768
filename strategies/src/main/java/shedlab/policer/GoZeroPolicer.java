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
 * go-zero's adaptive shedder: like {@link KratosPolicer}, but both what is in flight and its
 * average must exceed the best throughput times the least time, and that is scaled down as the CPU
 * use nears 1: to a tenth at full use. After it has shed, it stays alert for a second from when the
 * CPU was last busy.
 *
 * <p>CPU use keeps 0.95 each quarter second: 7.8 s from half to 0.9. Each time is rounded up to
 * whole milliseconds, the mean of a bucket to the nearest; dropped requests are no samples. A least
 * time above a second, or not known, is taken for a second.
 *
 * <p>Far beyond the capacity, what comes in before the CPU is known to be busy makes times long. If
 * all work is alike, completions come in bursts as well, and even a tenth of what follows from both
 * is too many; a limit behind it holds that. Work that varies in size does not do it.
 */
public final class GoZeroPolicer implements Policer {
  private static final long COOL_OFF_NANOS = 1_000_000_000;
  private static final double FLYING_KEEPS = 0.9;
  private static final double LEAST_SCALE = 0.1;
  private static final double MILLISECOND = 1e6;
  private static final double MOST_MILLISECONDS = 1_000;

  private static final Parameter<Double> THRESHOLD =
      Parameter.real("threshold", "CPU use that is busy", 0, 0.999).defaultsTo(0.9);
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "between readings of the CPU")
          .defaultsTo(Duration.ofMillis(250));
  private static final Parameter<Double> KEEP =
      Parameter.real("keep", "what a reading leaves of the average", 0, 0.999).defaultsTo(0.95);
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "of throughput and time").defaultsTo(Duration.ofSeconds(5));
  private static final Parameter<Integer> BUCKETS =
      Parameter.integer("buckets", "of the window", 2, 10_000).defaultsTo(50);

  /** {@code go-zero:threshold=0.9,period=250ms,keep=0.95,window=5s,buckets=50}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "go-zero",
              "as kratos, with an average of what is in flight, and less the busier the CPU",
              "zeromicro/go-zero core/load adaptiveshedder",
              spec ->
                  new GoZeroPolicer(
                      spec.get(THRESHOLD),
                      spec.get(PERIOD).toNanos(),
                      spec.get(KEEP),
                      spec.get(WINDOW).toNanos(),
                      spec.get(BUCKETS)),
              THRESHOLD,
              PERIOD,
              KEEP,
              WINDOW,
              BUCKETS)
          .tuned(target -> List.of(PERIOD.at(target.part(1)), KEEP.at(0.5)));

  private final double threshold;
  private final CpuLoad load;
  private final ThroughputWindow window;
  private double averageInflight;
  private int inflight;
  private boolean hasShed;
  private long busyNanos;

  /** Nothing known. */
  public GoZeroPolicer(
      double threshold, long periodNanos, double keep, long windowNanos, int buckets) {
    this.threshold = threshold;
    this.load = new CpuLoad(periodNanos, keep);
    this.window = new ThroughputWindow(windowNanos, buckets);
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    inflight = gate.inflight() + gate.waiting();
    double cpu = load.at(nowNanos, gate);
    boolean busy = cpu >= threshold;
    if (busy) {
      busyNanos = nowNanos;
    } else if (!hasShed || nowNanos - busyNanos >= COOL_OFF_NANOS) {
      hasShed = false;
      inflight++;
      return true;
    }
    double scale = Math.max(LEAST_SCALE, Math.min(1, (1 - cpu) / (1 - threshold)));
    double most = Math.max(1, mostInflight(nowNanos)) * scale;
    if (averageInflight > most && inflight > most) {
      hasShed = true;
      return false;
    }
    inflight++;
    return true;
  }

  private double mostInflight(long nowNanos) {
    double least = Math.round(window.leastMean(nowNanos, MOST_MILLISECONDS));
    return window.bestPerNano(nowNanos) * Math.min(least, MOST_MILLISECONDS) * MILLISECOND;
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.CPU);
  }

  @Override
  public void completed(Ticket ticket) {
    inflight = Math.max(0, inflight - 1);
    averageInflight = FLYING_KEEPS * averageInflight + (1 - FLYING_KEEPS) * inflight;
    if (ticket.outcome() == Outcome.SUCCESS) {
      long nanos = ticket.waitedNanos() + ticket.elapsedNanos();
      window.add(Math.ceil(nanos / MILLISECOND), ticket.completedNanos());
    }
  }
}
