package shedlab.policer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Signal;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * A gate on CPU use, as Sentinel's system rule has it: closed while the last {@code period} used
 * more than {@code threshold} of the CPU that the host could have. Open or closed, never in
 * between: above the capacity it admits everything for a period and nothing in the next, and what
 * is in flight when it closes is late.
 *
 * <p>Sentinel looks at the greater of the machine's and the process's use. Here it is the process's
 * use of what others and a quota leave to it (see {@link shedlab.admission.HostView}). It opens
 * after a closed period that ends with nobody in flight, if others had a part of the CPU: otherwise
 * a neighbour that takes every idle moment would keep it closed for ever.
 */
public final class CpuPolicer implements Policer {
  private static final Parameter<Double> THRESHOLD =
      Parameter.real("threshold", "CPU use above which nobody is admitted", 0, 1).defaultsTo(0.8);
  private static final Parameter<Duration> PERIOD =
      Parameter.duration("period", "over which it is taken").defaultsTo(Duration.ofSeconds(1));

  /** {@code cpu:threshold=0.8,period=1s}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "cpu",
              "closed while the CPU is busier than a threshold",
              "Alibaba Sentinel SystemRule, highestCpuUsage",
              spec -> new CpuPolicer(spec.get(THRESHOLD), spec.get(PERIOD).toNanos()),
              THRESHOLD,
              PERIOD)
          .tuned(target -> List.of(THRESHOLD.at(0.95), PERIOD.at(target.part(0.5))));

  private final double threshold;
  private final CpuLoad load;
  private boolean open = true;

  /** Open at first. */
  public CpuPolicer(double threshold, long periodNanos) {
    this.threshold = threshold;
    this.load = new CpuLoad(periodNanos, 0);
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    if (load.look(nowNanos, gate)) {
      boolean idle = gate.inflight() + gate.waiting() == 0;
      open = load.average() <= threshold || (!open && idle && load.wasDenied());
    }
    return open;
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
