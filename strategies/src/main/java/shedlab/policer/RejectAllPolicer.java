package shedlab.policer;

import shedlab.admission.GateView;
import shedlab.admission.Policer;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Trait;

/** Admits no request: shows what a refusal costs. A reference, not a strategy. */
public final class RejectAllPolicer implements Policer {
  /** {@code reject-all}. */
  public static final Definition<Policer> DEFINITION =
      new Definition<Policer>(
              "reject-all",
              "sheds every request, to measure what a refusal costs",
              "reference",
              spec -> new RejectAllPolicer())
          .with(Trait.ADMITS_NOBODY);

  @Override
  public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
    return false;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
