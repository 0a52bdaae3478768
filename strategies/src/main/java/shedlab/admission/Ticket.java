package shedlab.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a {@link Gate}. Hosts extend it with their own per-request object,
 * so that admission allocates nothing.
 *
 * <p>After {@link Gate#enter} exactly one of {@link #onAdmitted} and {@link #onShed} is called,
 * once, on any thread, possibly before {@code enter} returns. Both must hand off and return
 * quickly: they run on the thread that also decides about other tickets. What they throw goes to
 * that thread's uncaught exception handler, and an admission whose callback throws gives its permit
 * back.
 *
 * <p>{@link #urgency}, {@link #budgetNanos}, {@link #client} and {@link #kind} must not change
 * while it waits: a backlog uses them to store and find the ticket. They may change between visits.
 *
 * <p>A ticket belongs to the first gate it enters. It may enter again once its decision has been
 * told and it is {@link #settled}, if its owner will not {@link #abandon} its earlier visit any
 * more; also from {@code onShed}, any number of times: the stack does not grow.
 */
public abstract class Ticket implements Sample {
  /** A budget that no wait exceeds; small enough to be added to a time. */
  public static final long NO_DEADLINE = Long.MAX_VALUE / 4;

  static final int ENTER = 1;
  static final int ABANDON = 2;
  static final int LEAVE = 4;

  private static final int OUTSIDE = 0;
  private static final int WAITING = 1;
  private static final int GONE = 2;
  private static final int ADMITTED = 3;
  private static final int LEAVING = 4;

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

  /** The next in the gate's inbox; owned by the thread that holds the inbox. */
  @Nullable Ticket nextPosted;

  @SuppressWarnings("UnusedVariable") // through PHASE
  private int phase = OUTSIDE;

  @SuppressWarnings("UnusedVariable") // through POSTED
  private int posted;

  private @Nullable Admission gate;

  /** What a {@link LimiterGate} holds for it. */
  Limiter.@Nullable Permit permit;

  private long enteredNanos;
  private long admittedNanos;
  private long startedNanos;
  private long completedNanos;

  /** Below zero if the host has not told it. */
  private long cpuNanos;

  /** The host has told that the work of this visit began. */
  private boolean started;

  private int inflight;
  private Outcome outcome = Outcome.IGNORED;

  /** The request may start its work; {@link Gate#leave} must follow exactly once. */
  protected abstract void onAdmitted();

  /** The request is refused. */
  protected abstract void onShed(Shed reason);

  /** How urgent it is: 0 (most) to 7 (least), as in RFC 9218, whose default is 3. */
  public int urgency() {
    return 3;
  }

  /** How long after its arrival an answer is still useful; {@link #NO_DEADLINE} if always. */
  public long budgetNanos() {
    return NO_DEADLINE;
  }

  /** The client, for fairness between clients: the same number for all its requests. */
  public long client() {
    return 0;
  }

  /** What kind of request it is, a small number: requests of one kind cost about the same. */
  public int kind() {
    return 0;
  }

  /**
   * The client has left. A waiting ticket is not admitted any more: it is shed as {@link
   * Shed#ABANDONED}, unless it is shed for another reason first. In any other state nothing
   * happens, and admitted work still has to {@link Gate#leave}. Any thread, any number of times.
   */
  public final void abandon() {
    if (gate instanceof Gate waitsAt && PHASE.compareAndSet(this, WAITING, GONE)) {
      waitsAt.abandoned(this);
    }
  }

  /**
   * The host tells the CPU time that the work of this visit took: the difference of the thread's
   * CPU clock, for example. Optional; to be called before {@link Admission#leave}.
   *
   * @param nanos below zero if it is not known
   */
  public final void usedCpu(long nanos) {
    cpuNanos = nanos;
  }

  /** True if it is not in a gate: it never entered, was shed, or left and returned its permit. */
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
  public final long serviceNanos() {
    return completedNanos - startedNanos;
  }

  @Override
  public final long cpuNanos() {
    return cpuNanos < 0 ? serviceNanos() : cpuNanos;
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

  // The life of a visit: OUTSIDE -> ADMITTED -> LEAVING -> OUTSIDE if it is admitted on arrival,
  // else OUTSIDE -> WAITING -> ADMITTED ... or WAITING -> OUTSIDE, or WAITING -> GONE -> OUTSIDE.
  // That the client has gone is a phase of this visit: nothing of it is left when the ticket enters
  // again.

  final void mustBeSettledAt(Admission entered) {
    if (gate != entered) {
      if (gate != null) {
        throw new IllegalStateException("a ticket belongs to the first gate it entered: " + this);
      }
      gate = entered;
    }
    if (!settled()) {
      throw new IllegalStateException("a ticket enters once at a time: " + this);
    }
  }

  final void enterPostponed() {
    if (gate instanceof LimiterGate entered) {
      entered.enterPostponed(this);
    }
  }

  final void admitOnArrival(long nowNanos, int inflight) {
    enteredNanos = nowNanos;
    admitAt(nowNanos, inflight);
    PHASE.setRelease(this, ADMITTED);
  }

  final void waitFrom(long nowNanos) {
    enteredNanos = nowNanos;
    PHASE.setRelease(this, WAITING);
  }

  /** Ends the wait with admission; false if the client has gone. */
  final boolean admitWaiter(long nowNanos, int inflight) {
    admitAt(nowNanos, inflight);
    return PHASE.compareAndSet(this, WAITING, ADMITTED);
  }

  private void admitAt(long nowNanos, int inflight) {
    admittedNanos = nowNanos;
    startedNanos = nowNanos;
    started = false;
    cpuNanos = -1;
    this.inflight = inflight;
  }

  final boolean hasGone() {
    return (int) PHASE.getAcquire(this) == GONE;
  }

  /** Claims the one completion of this visit; false if claimed before, or no permit from here. */
  final boolean startLeaving(Admission left, Outcome outcome) {
    if (gate != left || !PHASE.compareAndSet(this, ADMITTED, LEAVING)) {
      return false;
    }
    this.outcome = outcome;
    return true;
  }

  /** False if its work had started before, or it is not admitted. */
  final boolean startedAt(long nowNanos) {
    startedNanos = nowNanos;
    boolean first = !started && (int) PHASE.getAcquire(this) == ADMITTED;
    started |= first;
    return first;
  }

  final boolean hasStarted() {
    return started;
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
