package shedlab.admission;

/** What a {@link Policer} may see of its gate. Valid only during the call that passes it. */
public interface GateView extends HostView {
  /** How many may be in flight. */
  int limit();

  /** Admitted and not yet completed. */
  int inflight();

  /** Requests in the backlog, without the ticket that the policer is asked about. */
  int waiting();

  /**
   * In flight with their work begun: those that run and those that were preempted and are ready to
   * run. The rest of {@link #inflight} waits in the host for a thread. Counted only for a policer
   * that needs {@link Signal#RUNNABLE}.
   */
  int runnable();
}
