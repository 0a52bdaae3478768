package shedlab.policer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.numbers.Xorshift;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * A PI controller on the share to shed, as Uber's Cinnamon has it: every {@code period} the error
 * is how many more it let in than have gone out and free permits could take, relative to those that
 * have gone out (to the limit, if none has). The share is {@code 1 - exp(-(kp * error + ki * sum of
 * errors))}: near 1 it moves less, which makes the loop equally fast at every overload. It becomes
 * a level of priority: the least urgent go first, as many of the recent requests as the share says.
 *
 * <p>Cinnamon is closed; gains, period and the exponential are those of a public reimplementation
 * after Uber's articles. Differences: errors are summed up without end, but the sum stays between
 * shedding nobody and shedding {@code most} (no wind-up), where that one sums up the last 60 s;
 * "gone out" is completed, not handed to a worker; the priorities are 8 urgencies of 16 cohorts
 * instead of 6 tiers of 128, a cohort is for ever, and within a level chance decides. The limit and
 * the queue of Cinnamon are whatever stands behind this: it needs a limit, which says how many
 * permits are free.
 */
public final class PiPolicer implements Policer {
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "between updates").defaultsTo(Duration.ofMillis(500));
  private static final Parameter<Double> PROPORTIONAL =
      Parameter.real("kp", "proportional gain", 0, 100).defaultsTo(0.1);
  private static final Parameter<Double> INTEGRAL =
      Parameter.real("ki", "integral gain, a period", 0, 100).defaultsTo(1.4);
  private static final Parameter<Double> MOST =
      Parameter.real("most", "greatest share shed", 0, 0.999).defaultsTo(0.95);

  /** {@code pi:period=500ms,kp=0.1,ki=1.4,most=0.95}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "pi",
              "a controlled share of the least urgent",
              "Uber Cinnamon 2023",
              spec ->
                  new PiPolicer(
                      spec.get(PERIOD).toNanos(),
                      spec.get(PROPORTIONAL),
                      spec.get(INTEGRAL),
                      spec.get(MOST)),
              PERIOD,
              PROPORTIONAL,
              INTEGRAL,
              MOST)
          .tuned(target -> List.of(PERIOD.at(target.part(1))));

  private final long periodNanos;
  private final double kp;
  private final double ki;
  private final double most;
  private final int[] recent = new int[Priority.LEVELS];
  private final Xorshift random = new Xorshift();

  private boolean began;
  private long periodBeganNanos;
  private int in;
  private int out;
  private double integral;
  private int threshold = Priority.LEVELS;

  /** Of the level at the threshold, this share is shed. */
  private double shareAtThreshold;

  /** Sheds nothing at first. */
  public PiPolicer(long periodNanos, double kp, double ki, double most) {
    this.periodNanos = periodNanos;
    this.kp = kp;
    this.ki = ki;
    this.most = most;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (!began) {
      began = true;
      periodBeganNanos = nowNanos;
    } else if (nowNanos - periodBeganNanos >= periodNanos) {
      update(gate);
      periodBeganNanos = nowNanos;
    }
    int level = Priority.level(ticket);
    recent[level]++;
    boolean admits = level < threshold || (level == threshold && !random.chance(shareAtThreshold));
    in += admits ? 1 : 0;
    return admits;
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.LIMIT);
  }

  @Override
  public void completed(Ticket ticket) {
    out++;
  }

  private void update(GateView gate) {
    int free = Math.max(0, gate.limit() - gate.inflight());
    int scale = out > 0 ? out : gate.limit();
    double error = ((double) in - out - free) / scale;
    integral = Math.max(0, Math.min(-StrictMath.log(1 - most), integral + ki * error));
    double share = 1 - StrictMath.exp(-kp * error - integral);
    shed(Math.max(0, Math.min(most, share)));
    in = 0;
    out = 0;
  }

  /** Puts the threshold where so large a share of the recent requests lies at it or above. */
  private void shed(double share) {
    int total = 0;
    for (int count : recent) {
      total += count;
    }
    double left = share * total;
    threshold = Priority.LEVELS;
    shareAtThreshold = 0;
    while (left > 0 && threshold > 0) {
      threshold--;
      shareAtThreshold = recent[threshold] == 0 ? 1 : Math.min(1, left / recent[threshold]);
      left -= recent[threshold];
    }
    for (int level = 0; level < recent.length; level++) {
      recent[level] /= 2; // remembers some periods
    }
  }
}
