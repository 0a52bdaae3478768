package shedlab.policer;

import java.time.Duration;
import java.util.List;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * A gate on CPU use, as Sentinel's system rule has it: closed while the last {@code period} used
 * more than {@code threshold} of the CPU. Open or closed, never in between: above the capacity it
 * admits everything for a period and nothing in the next, and what is in flight when it closes is
 * late. Sentinel looks at the greater of the machine's and the process's use; the host says here
 * which it is.
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

  /** Open at first. */
  public CpuPolicer(double threshold, long periodNanos) {
    this.threshold = threshold;
    this.load = new CpuLoad(periodNanos, 0);
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    return load.at(nowNanos, gate) <= threshold;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
