package shedlab.simulation;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;

/** One try of a request at one server: what the gate and the CPU see of it. Objects are reused. */
final class Visit extends Ticket {
  final Server server;
  final Heap.Entry<Visit> finish = new Heap.Entry<>(this);

  /** The next in its list: the queue for a worker, or the objects to reuse. */
  @Nullable Visit next;

  /** The request; null once the client has given up. */
  @Nullable Request request;

  /** It arrived while the offered load was below the capacity. */
  boolean calm;

  /** The client has closed its connection. */
  boolean gone;

  /** It waits for the end of a stall; the gate has not seen it yet. */
  boolean held;

  /** The gate has admitted it. */
  boolean admitted;

  double workNanos;

  /** What a worker had had of the CPU when this one began to run. */
  double shareThenNanos;

  /** What this one had of it before. */
  double usedNanos;

  /** Its I/O is still to come. */
  boolean needsIo;

  /** The end of its I/O; null in a visit that never had any. */
  Heap.@Nullable Entry<Runnable> answer;

  private int urgency;
  private int tenant;
  private long budgetNanos;

  Visit(Server server) {
    this.server = server;
  }

  void begin(Request asking, int urgencyAsked, long budget) {
    request = asking;
    workNanos = asking.workNanos;
    tenant = asking.tenant;
    urgency = urgencyAsked;
    budgetNanos = budget;
  }

  @Override
  public int urgency() {
    return urgency;
  }

  @Override
  public long client() {
    return tenant;
  }

  @Override
  public int kind() {
    return tenant;
  }

  @Override
  public long budgetNanos() {
    return budgetNanos;
  }

  // In production the gate goes on after a callback throws. A simulation must end instead.

  @Override
  protected void onAdmitted() {
    try {
      server.admitted(this);
    } catch (Throwable e) {
      server.fail(e);
    }
  }

  @Override
  protected void onShed(Shed reason) {
    try {
      server.shed(this, reason);
    } catch (Throwable e) {
      server.fail(e);
    }
  }
}
