package shedlab.policer;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * WeChat's DAGOR: a priority threshold that moves once per window. If the mean queue delay of a
 * window is above {@code target}, the next window should admit 5 % fewer requests than this one
 * admitted; else it should admit more, by 1 % of the requests that arrived. The threshold is the
 * priority level down to which the last window's arrivals give that number.
 *
 * <p>From {@code n} times the capacity it takes {@code 20 ln n} windows to come down to the
 * capacity: 32 windows from five times. The requests that it admits meanwhile need a bounded queue.
 * In an unbounded one they wait for longer than that, their delays keep reporting overload, and
 * DAGOR sheds nearly every request until they are served. (WeChat's requests expire after half a
 * second.)
 *
 * <p>Queue delay is the wait in the backlog plus the wait in the host's own queue; work that starts
 * at its admission has only the first. A window ends with the first arrival after the time {@code
 * window} or after {@code requests} arrivals, whichever comes first.
 *
 * <p>Differences from the paper:
 *
 * <ul>
 *   <li>Delays are known at completion instead of at the start of the work.
 *   <li>The priorities are 8 urgencies of 16 cohorts of clients, instead of business and user
 *       priorities that change by the hour. With so few levels a whole level is too much to admit
 *       or to shed at once: a random share of the threshold's level is admitted.
 *   <li>Without overload the next window admits at least one request more than the last; under
 *       overload it admits at least one.
 *   <li>Clients are not told the threshold. In the paper they know it, and do not send what would
 *       be shed.
 * </ul>
 */
public final class DagorPolicer implements Policer {
  private static final double LESS = 0.95;
  private static final double MORE = 0.01;

  private static final Parameter<Duration> TARGET =
      Parameter.duration("target", "mean queue delay above which there is overload")
          .defaultsTo(Duration.ofMillis(20));
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "between updates").defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> REQUESTS =
      Parameter.integer("requests", "arrivals that end a window early", 1, 10_000_000)
          .defaultsTo(2_000);

  /** {@code dagor:target=20ms,window=1s,requests=2000}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "dagor",
              "sheds below a priority threshold that follows the mean queue delay",
              "Zhou et al., Overload control for scaling WeChat microservices, SoCC 2018",
              spec ->
                  new DagorPolicer(
                      spec.get(TARGET).toNanos(), spec.get(WINDOW).toNanos(), spec.get(REQUESTS)),
              TARGET,
              WINDOW,
              REQUESTS)
          .tuned(target -> List.of(TARGET.at(target.part(0.25)), WINDOW.at(target.part(2))));

  private final long targetNanos;
  private final long windowNanos;
  private final int requests;
  private final int[] arrived = new int[Priority.LEVELS];

  private boolean began;
  private long windowBeganNanos;
  private int seen;
  private int admitted;
  private int delays;
  private double totalDelayNanos;
  private final Xorshift random = new Xorshift();
  private int threshold = Priority.LEVELS;

  /** The share of the threshold's level that is admitted. */
  private double shareAtThreshold;

  /** Admits every request at first. */
  public DagorPolicer(long targetNanos, long windowNanos, int requests) {
    this.targetNanos = targetNanos;
    this.windowNanos = windowNanos;
    this.requests = requests;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (!began) {
      began = true;
      windowBeganNanos = nowNanos;
    } else if (nowNanos - windowBeganNanos >= windowNanos || seen >= requests) {
      update();
      windowBeganNanos = nowNanos;
    }
    int level = Priority.level(ticket);
    arrived[level]++;
    seen++;
    boolean admits = level < threshold || (level == threshold && random.chance(shareAtThreshold));
    admitted += admits ? 1 : 0;
    return admits;
  }

  @Override
  public void completed(Ticket ticket) {
    delays++;
    totalDelayNanos += ticket.waitedNanos() + ticket.elapsedNanos() - ticket.serviceNanos();
  }

  private void update() {
    boolean overloaded = delays > 0 && totalDelayNanos / delays > targetNanos;
    double left = overloaded ? Math.max(1, LESS * admitted) : admitted + Math.max(1, MORE * seen);
    threshold = 0;
    while (threshold < Priority.LEVELS && arrived[threshold] <= left) {
      left -= arrived[threshold];
      threshold++;
    }
    shareAtThreshold = threshold < Priority.LEVELS ? left / arrived[threshold] : 0;
    Arrays.fill(arrived, 0);
    seen = 0;
    admitted = 0;
    delays = 0;
    totalDelayNanos = 0;
  }
}
