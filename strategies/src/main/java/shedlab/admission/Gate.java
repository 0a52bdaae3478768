package shedlab.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each {@link Ticket}: admit, let wait, or shed. Makes one sequential {@link Limit} and
 * one sequential {@link Backlog} concurrent.
 *
 * <p><b>Guarantees.</b> One decision per ticket. In flight never exceeds the limit that admitted.
 * No permit is lost, whatever a callback throws. While anybody waits nobody overtakes, and nobody
 * waits while a permit is free. Nothing is allocated per decision.
 *
 * <p><b>Threads and progress.</b> Every method may be called by any thread, also from a callback;
 * none blocks. While nobody waits, arrival (and, for a limit that does not learn, departure) is one
 * compare-and-set on the word. Everything else is posted to an inbox; whoever finds it idle drains
 * it in order for all (flat combining: Hendler et al., SPAA 2010), so a call may deliver other
 * callers' decisions before it returns.
 *
 * <p><b>The word.</b> Limit, in flight, waiting and "the backlog is full" share 64 bits. While
 * somebody waits, only the drainer changes the word: both fast paths require that nobody does.
 */
public final class Gate {
  // The word, from the low end: in flight, limit, waiting (21 bits each), full (1 bit).
  private static final int FIELD_BITS = 21;
  private static final long FIELD = (1L << FIELD_BITS) - 1;
  private static final int LIMIT_SHIFT = FIELD_BITS;
  private static final int WAITING_SHIFT = 2 * FIELD_BITS;
  private static final long ONE_INFLIGHT = 1;
  private static final long ONE_WAITING = 1L << WAITING_SHIFT;
  private static final long FULL = 1L << 63;

  private static final VarHandle WORD;
  private static final VarHandle WORK;
  private static final VarHandle INBOX;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      WORD = lookup.findVarHandle(Gate.class, "word", long.class);
      WORK = lookup.findVarHandle(Gate.class, "work", int.class);
      INBOX = lookup.findVarHandle(Gate.class, "inbox", Ticket.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Limit limit;
  private final Backlog backlog;
  private final NanoClock clock;
  private final boolean learns;
  private final LongAdder admitted = new LongAdder();
  private final LongAdder[] shed = new LongAdder[Shed.values().length];

  @SuppressWarnings("UnusedVariable") // through WORD
  private long word;

  /** Calls not yet worked off; whoever raises it from zero is the drainer. */
  @SuppressWarnings("UnusedVariable") // through WORK
  private int work;

  /** Posted tickets, newest first. */
  @SuppressWarnings("UnusedVariable") // through INBOX
  private @Nullable Ticket inbox;

  /** The latest time policies were told; the drainer's. Threads bring theirs out of order. */
  private long toldNanos;

  /** A gate with nobody in flight. The limit and the backlog must not be shared with another. */
  public Gate(Limit limit, Backlog backlog, NanoClock clock) {
    this.limit = limit;
    this.backlog = backlog;
    this.clock = clock;
    this.learns = limit.learns();
    for (int i = 0; i < shed.length; i++) {
      shed[i] = new LongAdder();
    }
    this.toldNanos = clock.nanos();
    WORD.setVolatile(this, fullFlag() | ((long) inBounds(limit.initial()) << LIMIT_SHIFT));
  }

  /**
   * A request arrives. Its ticket is admitted, queued or shed; the callback tells which.
   *
   * @throws IllegalStateException if the ticket is not {@link Ticket#settled}
   */
  public void enter(Ticket ticket) {
    ticket.mustBeSettled();
    long seen = word();
    while (waiting(seen) == 0 && inflight(seen) < limit(seen)) {
      if (WORD.compareAndSet(this, seen, seen + ONE_INFLIGHT)) {
        ticket.admitOnArrival(clock.nanos(), inflight(seen) + 1);
        deliverAdmission(ticket);
        return;
      }
      seen = word();
    }
    if (seen < 0) { // FULL is the sign bit
      deliverShed(ticket, waiting(seen) == 0 ? Shed.LIMIT : Shed.FULL);
      return;
    }
    long now = clock.nanos();
    ticket.waitAt(this, now);
    submit(ticket, Ticket.ENTER, now);
  }

  /**
   * The work of an admitted request has ended: its permit is free from here on, so call this before
   * the response is written. Exactly once per admission.
   *
   * @throws IllegalStateException if the ticket holds no permit; nothing changes then
   */
  public void leave(Ticket ticket, Outcome outcome) {
    if (!ticket.startLeaving(outcome)) {
      throw new IllegalStateException("leave without a permit, or a second leave: " + ticket);
    }
    long now = clock.nanos();
    ticket.completedAt(now);
    if (!learns) {
      long seen = word();
      while (waiting(seen) == 0) {
        if (WORD.compareAndSet(this, seen, seen - ONE_INFLIGHT)) {
          ticket.settle();
          return;
        }
        seen = word();
      }
    }
    submit(ticket, Ticket.LEAVE, now);
  }

  /**
   * Heartbeat: gives up on waiters whose time is over, also when nothing arrives or completes. Call
   * it at the precision that expiry needs; it costs one read while nobody waits.
   */
  public void tick() {
    if (waiting(word()) > 0 && (int) WORK.getAndAdd(this, 1) == 0) {
      drain(clock.nanos());
    }
  }

  /** How many may be in flight now. One read; for the request path. */
  public int limit() {
    return limit(word());
  }

  /** The gate as it is now. Allocates; not for the request path. */
  public GateStats stats() {
    long seen = word();
    Map<Shed, Long> byReason = new EnumMap<>(Shed.class);
    for (Shed reason : Shed.values()) {
      byReason.put(reason, shed[reason.ordinal()].sum());
    }
    return new GateStats(
        limit(seen), inflight(seen), waiting(seen), admitted.sum(), Map.copyOf(byReason));
  }

  void abandoned(Ticket ticket) {
    submit(ticket, Ticket.ABANDON, clock.nanos());
  }

  /** Works the operation off at once if the gate is idle, else leaves it to the drainer. */
  private void submit(Ticket ticket, int operation, long now) {
    if (WORK.compareAndSet(this, 0, 1)) {
      perform(ticket, operation, tell(now));
      drain(now);
      return;
    }
    if (ticket.post(operation)) {
      Ticket head;
      do {
        head = (Ticket) INBOX.getVolatile(this);
        ticket.nextPosted = head;
      } while (!INBOX.compareAndSet(this, head, ticket));
    }
    if ((int) WORK.getAndAdd(this, 1) == 0) {
      drain(clock.nanos());
    }
  }

  // From here on down to the callbacks: the drainer only.

  private void drain(long now) {
    int done = 1;
    do {
      if (INBOX.getVolatile(this) != null) {
        now = clock.nanos();
        performAll(tell(now));
      }
      serve(tell(now));
      done = (int) WORK.getAndAdd(this, -done) - done;
    } while (done != 0);
  }

  private long tell(long now) {
    if (now - toldNanos > 0) {
      toldNanos = now;
    }
    return toldNanos;
  }

  private void performAll(long now) {
    Ticket newest = (Ticket) INBOX.getAndSet(this, null);
    Ticket oldest = null;
    while (newest != null) {
      Ticket older = newest.nextPosted;
      newest.nextPosted = oldest;
      oldest = newest;
      newest = older;
    }
    while (oldest != null) {
      Ticket ticket = oldest;
      oldest = ticket.nextPosted;
      ticket.nextPosted = null; // before takePosted: after it the ticket may be posted again
      perform(ticket, ticket.takePosted(), now);
    }
  }

  private void perform(Ticket ticket, int operations, long now) {
    try {
      if ((operations & Ticket.ENTER) != 0) {
        arrive(ticket, now);
      }
      if ((operations & Ticket.ABANDON) != 0 && ticket.isWaiting()) {
        giveUp(ticket);
      }
      if ((operations & Ticket.LEAVE) != 0) {
        depart(ticket);
      }
    } catch (Throwable e) { // a policy that breaks its contract must not take the gate with it
      report(e);
    }
  }

  private void arrive(Ticket ticket, long now) {
    if (ticket.goneEarly) {
      ticket.settle();
      deliverShed(ticket, Shed.ABANDONED);
      return;
    }
    expire(now);
    while (true) {
      long seen = word();
      if (waiting(seen) == 0 && inflight(seen) < limit(seen)) {
        if (WORD.compareAndSet(this, seen, seen + ONE_INFLIGHT)) {
          ticket.admit(now, inflight(seen) + 1);
          deliverAdmission(ticket);
          return;
        }
      } else if (WORD.compareAndSet(this, seen, seen + ONE_WAITING)) {
        break;
      }
    }
    boolean taken = false;
    try {
      taken = backlog.offer(ticket, now);
    } catch (Throwable e) {
      report(e);
    }
    if (taken) {
      markFull();
    } else {
      endWait();
      ticket.settle();
      deliverShed(ticket, Shed.FULL);
    }
  }

  private void giveUp(Ticket ticket) {
    if (backlog.remove(ticket)) {
      endWait();
      ticket.settle();
      deliverShed(ticket, Shed.ABANDONED);
    } else {
      ticket.goneEarly = true;
    }
  }

  private void depart(Ticket ticket) {
    long learnt = -1;
    if (learns && ticket.outcome() != Outcome.IGNORED) {
      try {
        learnt = inBounds(limit.next(limit(word()), ticket));
      } catch (Throwable e) {
        report(e);
      }
    }
    ticket.settle();
    long seen;
    long next;
    do {
      seen = word();
      next = seen - ONE_INFLIGHT;
      if (learnt > 0) {
        next = (next & ~(FIELD << LIMIT_SHIFT)) | (learnt << LIMIT_SHIFT);
      }
    } while (!WORD.compareAndSet(this, seen, next));
  }

  private void expire(long now) {
    while (waiting(word()) > 0) {
      Ticket ticket = backlog.evict(now);
      if (ticket == null) {
        return;
      }
      endWait();
      ticket.settle();
      deliverShed(ticket, Shed.EXPIRED);
    }
  }

  private void serve(long now) {
    try {
      expire(now);
      long seen = word();
      while (waiting(seen) > 0 && inflight(seen) < limit(seen)) {
        Ticket ticket = backlog.poll(now);
        if (ticket == null) {
          return;
        }
        ticket.admit(now, inflight(seen) + 1);
        WORD.setVolatile(this, ((seen + ONE_INFLIGHT - ONE_WAITING) & ~FULL) | fullFlag());
        deliverAdmission(ticket);
        seen = word();
      }
    } catch (Throwable e) {
      report(e);
    }
  }

  /** One waiter has gone from the backlog. Somebody was waiting, so the word is the drainer's. */
  private void endWait() {
    WORD.setVolatile(this, ((word() - ONE_WAITING) & ~FULL) | fullFlag());
  }

  private void markFull() {
    WORD.setVolatile(this, (word() & ~FULL) | fullFlag());
  }

  private long fullFlag() {
    return backlog.full() ? FULL : 0;
  }

  // Callbacks: foreign code, run between complete state changes.

  private void deliverAdmission(Ticket ticket) {
    admitted.increment();
    try {
      ticket.onAdmitted();
    } catch (Throwable e) {
      if (ticket.startLeaving(Outcome.IGNORED)) {
        ticket.completedAt(clock.nanos());
        submit(ticket, Ticket.LEAVE, ticket.completedNanos());
      }
      report(e);
    }
  }

  private void deliverShed(Ticket ticket, Shed reason) {
    shed[reason.ordinal()].increment();
    try {
      ticket.onShed(reason);
    } catch (Throwable e) {
      report(e);
    }
  }

  private static void report(Throwable e) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } catch (Throwable ignored) {
      // As the JVM does: a handler that fails has nobody left to tell.
    }
  }

  private long word() {
    return (long) WORD.getVolatile(this);
  }

  private static int inflight(long word) {
    return (int) (word & FIELD);
  }

  private static int limit(long word) {
    return (int) ((word >>> LIMIT_SHIFT) & FIELD);
  }

  private static int waiting(long word) {
    return (int) ((word >>> WAITING_SHIFT) & FIELD);
  }

  private static int inBounds(int limit) {
    return Math.max(1, Math.min(limit, Limit.MAX));
  }
}
