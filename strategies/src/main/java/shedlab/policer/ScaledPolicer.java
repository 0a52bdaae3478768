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
 * Envoy's overload manager with a scaled trigger on the CPU: sheds no request while the average CPU
 * use is at most {@code scaling}, every one from {@code saturation} on, and in between a share that
 * grows in proportion.
 *
 * <p>The average takes 0.05 of each reading, four times a second: after a step from idle to full no
 * request is shed for 8 s, and only after 15 s are all. All that time the queue grows.
 *
 * <p>The thresholds are those of Envoy's example for work that is bound by the CPU. Envoy looks at
 * the use of the machine or of a container's quota; here it is the process's use of what others and
 * a quota leave to it (see {@link shedlab.admission.HostView}). Readings come with arrivals instead
 * of a timer.
 *
 * <p>A request that finds the gate empty is admitted if others had a part of the CPU: otherwise a
 * neighbour that takes every idle moment would keep it closed for ever.
 *
 * <p>Tuned, it reads four times per deadline and leaves more of the CPU to the admitted. It needs a
 * limit behind it, which holds what it admits before it has seen the load.
 */
public final class ScaledPolicer implements Policer {
  private static final Parameter<Double> SCALING =
      Parameter.real("scaling", "CPU use up to which none is shed", 0, 1).defaultsTo(0.8);
  private static final Parameter<Double> SATURATION =
      Parameter.real("saturation", "CPU use from which on all are shed", 0, 1).defaultsTo(0.95);
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "between readings of the CPU")
          .defaultsTo(Duration.ofMillis(250));
  private static final Parameter<Double> KEEP =
      Parameter.real("keep", "what a reading leaves of the average", 0, 0.999).defaultsTo(0.95);

  /** {@code scaled:scaling=0.8,saturation=0.95,period=250ms,keep=0.95}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "scaled",
              "sheds a share that grows with the average CPU use",
              "Envoy overload manager, scaled trigger on cpu_utilization",
              spec ->
                  new ScaledPolicer(
                      spec.get(SCALING),
                      spec.get(SATURATION),
                      spec.get(PERIOD).toNanos(),
                      spec.get(KEEP)),
              SCALING,
              SATURATION,
              PERIOD,
              KEEP)
          .ordered(List.of(SCALING, SATURATION))
          .tuned(
              target -> List.of(SCALING.at(0.9), SATURATION.at(1.0), PERIOD.at(target.part(0.25))));

  private final double scaling;
  private final double saturation;
  private final CpuLoad load;
  private final Xorshift random = new Xorshift();

  /** Sheds nobody at first. Expects {@code scaling <= saturation}. */
  public ScaledPolicer(double scaling, double saturation, long periodNanos, double keep) {
    this.scaling = scaling;
    this.saturation = saturation;
    this.load = new CpuLoad(periodNanos, keep);
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    double busy = load.at(nowNanos, gate);
    if (busy <= scaling) {
      return true;
    }
    if (gate.inflight() + gate.waiting() == 0 && load.wasDenied()) {
      return true;
    }
    return busy < saturation && !random.chance((busy - scaling) / (saturation - scaling));
  }

  @Override
  public Set<Signal> needs() {
    return Set.of(Signal.CPU);
  }

  @Override
  public boolean learns() {
    return false;
  }
}
