package shedlab.admission;

/**
 * The door of an admission strategy, as a host sees it. {@link Gate} is ours; {@link LimiterGate}
 * puts somebody else's limiter behind the same door.
 *
 * <p>Every method may be called by any thread, also from a callback; none blocks.
 */
public interface Admission {
  /**
   * A request arrives. Its ticket is admitted, queued or shed; the callback tells which.
   *
   * @throws IllegalStateException if the ticket is not {@link Ticket#settled}, or has entered
   *     another door before
   */
  void enter(Ticket ticket);

  /**
   * The work of an admitted request begins now. Optional; without it the service time counts from
   * admission.
   */
  void start(Ticket ticket);

  /**
   * The work of an admitted request has ended: its permit is free from here on, so call this before
   * the response is written. Exactly once per admission.
   *
   * @throws IllegalStateException if the ticket holds no permit from here; nothing changes then
   */
  void leave(Ticket ticket, Outcome outcome);

  /** Heartbeat: gives up on waiters whose time is over, also when nothing arrives or completes. */
  void tick();

  /** How many may be in flight now; {@link Limit#MAX} for no limit. For the request path. */
  int limit();

  /** The door as it is now. Allocates; not for the request path. */
  GateStats stats();
}
