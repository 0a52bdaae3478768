package shedlab.simulation;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;

/** One try of a request at one server: what the gate and the CPU see of it. Used again. */
final class Visit extends Ticket {
  final Server server;
  final Heap.Entry<Visit> finish = new Heap.Entry<>(this);

  /** The next in the queue that it is in: for a worker, behind a stall, or to be used again. */
  @Nullable Visit next;

  /** Who asks; null once the client has given up. */
  @Nullable Request request;

  /** It came while the offered load was below the capacity. */
  boolean calm;

  /** The client has closed its connection. */
  boolean gone;

  /** It waits for the end of a stall, unknown to the gate. */
  boolean held;

  /** The gate has let it through. */
  boolean admitted;

  double workNanos;
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

  // The gate goes on whatever a callback throws, as it must in production. A simulation must not.

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
