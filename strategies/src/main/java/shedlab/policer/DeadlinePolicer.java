package shedlab.policer;

import java.time.Duration;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Never starts work whose client no longer waits: sheds a request with less than {@code least} of
 * its budget left, on arrival and again when its turn comes. Requests without a budget pass.
 */
public final class DeadlinePolicer implements Policer {
  private static final Parameter<Duration> LEAST =
      Parameter.duration("least", "budget that must be left: the time that the work takes")
          .defaultsTo(Duration.ofNanos(1));

  /** {@code deadline:least=1ns}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<>(
          "deadline",
          "never starts work whose time budget is used up",
          "gRPC deadlines; Yanacek, Using load shedding to avoid overload (AWS)",
          spec -> new DeadlinePolicer(spec.get(LEAST).toNanos()),
          LEAST);

  private final long leastNanos;

  /** Sheds a request that has less of its budget left. */
  public DeadlinePolicer(long leastNanos) {
    this.leastNanos = leastNanos;
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    return keeps(ticket, nowNanos);
  }

  @Override
  public boolean keeps(Ticket ticket, long nowNanos) {
    return ticket.budgetNanos() - (nowNanos - ticket.enteredNanos()) >= leastNanos;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
