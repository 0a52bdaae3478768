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
 * WeChat's DAGOR: when the mean queue delay of a window is above {@code target}, the next window is
 * to admit 5 % less than this one did, else as many more as 1 % of those that came. The level of
 * priority down to which requests are admitted is put where the last window's arrivals give that
 * many.
 *
 * <p>From {@code n} times the capacity it takes {@code 20 ln n} windows to get down to it, 32 at
 * five times. Whom it lets in meanwhile has to have a bounded place to wait: in an endless queue
 * they wait for longer than that, their delays go on telling of overload, and it sheds nearly
 * everybody until all of them are served. (WeChat's requests expire after half a second.)
 *
 * <p>Queue delay is the wait in the backlog and in the host's own queue: time-sliced work has none.
 * A window ends with the first arrival after {@code window} or {@code requests}, whichever is
 * first.
 *
 * <p>Differences from the paper: delays are known at completion instead of at the start of the
 * work; there are 8 urgencies of 16 cohorts of clients instead of business and user priorities that
 * change by the hour, so that of the level at the edge a share is admitted by chance, or few
 * clients would be served all or not at all; one request more at least is admitted when there is no
 * overload, one at least when there is. The other half, telling callers the level so that they need
 * not ask, is up to them.
 */
public final class DagorPolicer implements Policer {
  private static final double LESS = 0.95;
  private static final double MORE = 0.01;

  private static final Parameter<Duration> TARGET =
      Parameter.duration("target", "mean queue delay that is overload")
          .defaultsTo(Duration.ofMillis(20));
  private static final Parameter<Duration> WINDOW =
      Parameter.duration("window", "between updates").defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Integer> REQUESTS =
      Parameter.integer("requests", "that end a window early", 1, 10_000_000).defaultsTo(2_000);

  /** {@code dagor:target=20ms,window=1s,requests=2000}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "dagor",
              "a threshold of priority that follows the mean queue delay",
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

  /** Of the level at the threshold, this share is admitted. */
  private double shareAtThreshold;

  /** Admits everybody at first. */
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
