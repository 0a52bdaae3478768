package shedlab.policer;

import java.util.List;
import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;

/** Admits nobody: what a refusal costs, and nothing else. A reference, not a strategy. */
public final class RejectAllPolicer implements Policer {
  /** {@code reject-all}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<>(
          "reject-all",
          "admits nobody: what a refusal costs",
          "reference",
          spec -> new RejectAllPolicer());

  /** True if it is a piece of the strategy with this canonical text, which then admits nobody. */
  public static boolean in(String strategy) {
    return List.of(strategy.split("\\+", -1)).contains(DEFINITION.name());
  }

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    return false;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
