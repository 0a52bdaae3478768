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
 * The heartbeat detector of LinkedIn's Hodor, and its limit. The CPU is overloaded if the p99 of
 * how late a sleeping thread wakes is above {@code threshold} for {@code windows} windows running.
 * Then no more may be in the gate than the last window had on average, less a tenth; each further
 * window of overload takes off a tenth again. A window without overload lets it grow by a tenth,
 * one more at least. After one that has shed nothing, there is no limit any more.
 *
 * <p>It sees whatever keeps the cores from threads that are ready: requests, the compiler, the
 * collector, a neighbour, a quota. It does not see requests that wait for a worker, if the workers
 * are no more than the cores.
 *
 * <p>LinkedIn tells the rule and not its numbers: the threshold is learnt per service, a p99 of
 * some 55 ms; window, number of windows and steps are ours. Their thread sleeps for 10 ms, this
 * host's for 1 ms.
 */
public final class HeartbeatPolicer implements Policer {
  private static final double PERCENT = 99;
  private static final double SHRINK = 0.9;
  private static final double GROWTH = 0.1;

  private static final Parameter<Duration> THRESHOLD =
      Parameter.duration("threshold", "p99 of how late a thread wakes that is overload")
          .defaultsTo(Duration.ofMillis(55));
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "over which the percentile is taken")
          .defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> WINDOWS =
      Parameter.integer("windows", "above the threshold before there is a limit", 1, 1_000)
          .defaultsTo(3);

  /** {@code heartbeat:threshold=55ms,window=1s,windows=3}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "heartbeat",
              "while a sleeping thread wakes late, fewer and fewer at once",
              "LinkedIn Hodor 2022",
              spec ->
                  new HeartbeatPolicer(
                      spec.get(THRESHOLD).toNanos(), spec.get(WINDOW).toNanos(), spec.get(WINDOWS)),
              THRESHOLD,
              WINDOW,
              WINDOWS)
          .tuned(
              target ->
                  List.of(
                      THRESHOLD.at(UnseenWakeUps.LATE_WHERE_THREE_SHARE_A_CORE),
                      WINDOW.at(target.part(0.4)),
                      WINDOWS.at(1)));

  private final long thresholdNanos;
  private final long windowNanos;
  private final int windows;
  private final Histogram lateness = new Histogram(5);
  private final UnseenWakeUps wakeUps = new UnseenWakeUps();

  private boolean began;
  private long windowBeganNanos;
  private int arrived;
  private double totalIn;
  private boolean hasShed;
  private int above;

  /** Without bound while there is no limit. */
  private double limit = Double.POSITIVE_INFINITY;

  /** No limit at first. */
  public HeartbeatPolicer(long thresholdNanos, long windowNanos, int windows) {
    this.thresholdNanos = thresholdNanos;
    this.windowNanos = windowNanos;
    this.windows = windows;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (!began) {
      began = true;
      windowBeganNanos = nowNanos;
      wakeUps.addTo(lateness, gate, nowNanos);
    } else if (nowNanos - windowBeganNanos >= windowNanos) {
      wakeUps.addTo(lateness, gate, nowNanos);
      update();
      windowBeganNanos = nowNanos;
    }
    int in = gate.inflight() + gate.waiting();
    arrived++;
    totalIn += in;
    boolean admits = in < limit;
    hasShed |= !admits;
    return admits;
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.WAKE_UPS);
  }

  @Override
  public boolean learns() {
    return false;
  }

  private void update() {
    above = lateness.percentile(PERCENT) > thresholdNanos ? above + 1 : 0;
    boolean limited = limit < Double.POSITIVE_INFINITY;
    if (above >= windows) {
      limit = Math.max(1, SHRINK * (limited ? limit : totalIn / Math.max(1, arrived)));
    } else if (above == 0) {
      limit = hasShed ? limit + Math.max(1, GROWTH * limit) : Double.POSITIVE_INFINITY;
    }
    lateness.clear();
    arrived = 0;
    totalIn = 0;
    hasShed = false;
  }
}
