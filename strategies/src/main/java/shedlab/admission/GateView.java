package shedlab.admission;

/** What a {@link Policer} may see of its gate. Valid only during the call that passes it. */
public interface GateView extends CpuClock {
  /** How many may be in flight. */
  int limit();

  /** Admitted and not yet completed. */
  int inflight();

  /** Requests in the backlog, without the ticket that the policer is asked about. */
  int waiting();
}
