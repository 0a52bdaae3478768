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
 * A PI controller for the share of requests to shed, as in Uber's Cinnamon. Every {@code period}
 * the error is the number admitted, less the number completed, less the free permits; relative to
 * the number completed (to the limit, if none completed). The share is {@code 1 - exp(-(kp * error
 * + ki * sum of errors))}: near 1 it moves less, so that the loop is equally fast at every
 * overload. The share sets a priority threshold: that share of the recent requests, the least
 * urgent ones, would be shed.
 *
 * <p>Cinnamon is closed source; gains, period and the exponential are those of a public
 * reimplementation after Uber's articles. Differences from the reimplementation:
 *
 * <ul>
 *   <li>All errors are summed, but the sum stays between shedding nothing and shedding {@code most}
 *       (no wind-up); the reimplementation sums those of the last 60 s.
 *   <li>It counts completed requests; the reimplementation counts requests handed to a worker.
 *   <li>The priorities are 8 urgencies of 16 cohorts instead of 6 tiers of 128, a client never
 *       changes its cohort, and within a level requests are shed at random.
 * </ul>
 *
 * <p>It needs a limit, which says how many permits are free. This limit and a backlog take the
 * place of Cinnamon's own.
 */
public final class PiPolicer implements Policer {
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "between updates").defaultsTo(Duration.ofMillis(500));
  private static final Parameter<Double> PROPORTIONAL =
      Parameter.real("kp", "proportional gain", 0, 100).defaultsTo(0.1);
  private static final Parameter<Double> INTEGRAL =
      Parameter.real("ki", "integral gain, per period", 0, 100).defaultsTo(1.4);
  private static final Parameter<Double> MOST =
      Parameter.real("most", "greatest share to shed", 0, 0.999).defaultsTo(0.95);

  /** {@code pi:period=500ms,kp=0.1,ki=1.4,most=0.95}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "pi",
              "sheds a share of the least urgent, which a PI controller sets",
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

  /** The share of the threshold's level that is shed. */
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

  /** Sets the threshold so that this share of the recent requests would have been shed. */
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
      recent[level] /= 2; // older periods count less
    }
  }
}
