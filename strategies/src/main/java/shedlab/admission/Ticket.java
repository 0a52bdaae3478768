package shedlab.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a {@link Gate}. Hosts extend it with their own per-request object,
 * so that admission allocates nothing.
 *
 * <p>After {@link Gate#enter} exactly one of {@link #onAdmitted} and {@link #onShed} is called,
 * once, on any thread, possibly before {@code enter} returns. Both must hand off and return: they
 * run on the thread that also decides for others. What they throw goes to that thread's uncaught
 * exception handler, and an admission whose callback throws gives its permit back.
 *
 * <p>A ticket may enter again once it is {@link #settled}, if its owner will not {@link #abandon}
 * its earlier visit any more.
 */
public abstract class Ticket implements Sample {
  static final int ENTER = 1;
  static final int ABANDON = 2;
  static final int LEAVE = 4;

  private static final int OUTSIDE = 0;
  private static final int WAITING = 1;
  private static final int ADMITTED = 2;
  private static final int LEAVING = 3;

  private static final VarHandle PHASE;
  private static final VarHandle POSTED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PHASE = lookup.findVarHandle(Ticket.class, "phase", int.class);
      POSTED = lookup.findVarHandle(Ticket.class, "posted", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The next in the gate's inbox; owned by whoever holds the inbox. */
  @Nullable Ticket nextPosted;

  /** The client left before the drainer saw the arrival; the drainer's. */
  boolean goneEarly;

  @SuppressWarnings("UnusedVariable") // through PHASE
  private int phase = OUTSIDE;

  @SuppressWarnings("UnusedVariable") // through POSTED
  private int posted;

  private @Nullable Gate gate;
  private long enteredNanos;
  private long admittedNanos;
  private long completedNanos;
  private int inflight;
  private Outcome outcome = Outcome.IGNORED;

  /** The request may start its work; {@link Gate#leave} must follow exactly once. */
  protected abstract void onAdmitted();

  /** The request is refused. */
  protected abstract void onShed(Shed reason);

  /**
   * The client has left. A waiting ticket is shed as {@link Shed#ABANDONED}; in any other state
   * nothing happens, and admitted work still has to {@link Gate#leave}. Any thread, any number of
   * times, once {@code enter} has been called.
   */
  public final void abandon() {
    if ((int) PHASE.getAcquire(this) == WAITING) {
      Gate waitedAt = gate;
      if (waitedAt != null) {
        waitedAt.abandoned(this);
      }
    }
  }

  /** True if no gate knows this ticket: never entered, shed, or left. */
  public final boolean settled() {
    return (int) PHASE.getAcquire(this) == OUTSIDE;
  }

  /** When it arrived at the gate. */
  public final long enteredNanos() {
    return enteredNanos;
  }

  @Override
  public final long waitedNanos() {
    return admittedNanos - enteredNanos;
  }

  @Override
  public final long elapsedNanos() {
    return completedNanos - admittedNanos;
  }

  @Override
  public final long completedNanos() {
    return completedNanos;
  }

  @Override
  public final int inflight() {
    return inflight;
  }

  @Override
  public final Outcome outcome() {
    return outcome;
  }

  // The life of a visit: OUTSIDE -> [WAITING ->] ADMITTED -> LEAVING -> OUTSIDE, or back to OUTSIDE
  // when shed. Only the gate's drainer moves a WAITING ticket, so those steps are plain writes.

  final void mustBeSettled() {
    if (!settled()) {
      throw new IllegalStateException("a ticket enters a gate once at a time: " + this);
    }
  }

  final void waitAt(Gate gate, long nowNanos) {
    this.gate = gate;
    goneEarly = false;
    enteredNanos = nowNanos;
    PHASE.setRelease(this, WAITING);
  }

  final void admitOnArrival(long nowNanos, int inflight) {
    enteredNanos = nowNanos;
    admit(nowNanos, inflight);
  }

  final void admit(long nowNanos, int inflight) {
    admittedNanos = nowNanos;
    this.inflight = inflight;
    PHASE.setRelease(this, ADMITTED);
  }

  final boolean isWaiting() {
    return (int) PHASE.getAcquire(this) == WAITING;
  }

  /** Claims the one completion of this visit; false if it was claimed before or never admitted. */
  final boolean startLeaving(Outcome outcome) {
    if (!PHASE.compareAndSet(this, ADMITTED, LEAVING)) {
      return false;
    }
    this.outcome = outcome;
    return true;
  }

  final void completedAt(long nowNanos) {
    completedNanos = nowNanos;
  }

  final void settle() {
    PHASE.setRelease(this, OUTSIDE);
  }

  /** Adds an operation for the drainer; true if the ticket must be put into the inbox for it. */
  final boolean post(int operation) {
    return (int) POSTED.getAndBitwiseOr(this, operation) == 0;
  }

  /** Takes all operations posted so far; the next one puts the ticket into the inbox again. */
  final int takePosted() {
    return (int) POSTED.getAndSet(this, 0);
  }
}
