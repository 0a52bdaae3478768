package shedlab.admission;

/**
 * An admission strategy as its host sees it. {@link Gate} runs the strategies of this library;
 * {@link LimiterGate} adapts a limiter of another library.
 *
 * <p>Every method may be called by any thread, also from a callback; none blocks.
 */
public interface Admission {
  /**
   * A request arrives. Its ticket is admitted, queued or shed; the callback tells which.
   *
   * @throws IllegalStateException if the ticket is not {@link Ticket#settled}, or has entered
   *     another gate before
   */
  void enter(Ticket ticket);

  /**
   * The work of an admitted request begins now, on a thread that is ready to run. Optional; without
   * it the service time counts from admission.
   */
  void start(Ticket ticket);

  /**
   * The work of an admitted request has ended: its permit is free from here on, so call this before
   * the response is written. Exactly once per admission.
   *
   * @throws IllegalStateException if the ticket holds no permit from here; nothing changes then
   */
  void leave(Ticket ticket, Outcome outcome);

  /**
   * Heartbeat: expires requests that have waited too long, even if nothing arrives or completes.
   */
  void tick();

  /** How many may be in flight now; {@link Limit#MAX} for no limit. For the request path. */
  int limit();

  /** The counts and the limit now. Allocates; not for the request path. */
  GateStats stats();
}
