package shedlab.admission;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Adapts a {@link Limiter} to {@link Admission}. It has no queue. The limiter decides what a
 * decision costs and allocates, and what it throws is thrown by {@link #enter} or {@link #leave}. A
 * ticket that enters from a callback is decided after that callback has returned; what the limiter
 * throws then goes to the thread's uncaught exception handler. The numbers of {@link #stats} are
 * read one after the other.
 */
public final class LimiterGate implements Admission {
  private final Limiter limiter;
  private final NanoClock clock;
  private final AtomicInteger inflight = new AtomicInteger();
  private final LongAdder admitted = new LongAdder();
  private final LongAdder shed = new LongAdder();

  /** One with no request in flight. The limiter must not be shared with another. */
  public LimiterGate(Limiter limiter, NanoClock clock) {
    this.limiter = limiter;
    this.clock = clock;
  }

  @Override
  public void enter(Ticket ticket) {
    ticket.mustBeSettledAt(this);
    Callbacks callbacks = Callbacks.ofThisThread();
    if (callbacks.running()) {
      ticket.waitFrom(clock.nanos());
      callbacks.postpone(ticket);
    } else {
      decide(ticket, callbacks);
    }
  }

  /** A ticket that entered from a callback, which has returned now. */
  void enterPostponed(Ticket ticket) {
    ticket.settle();
    decide(ticket, Callbacks.ofThisThread());
  }

  private void decide(Ticket ticket, Callbacks callbacks) {
    Limiter.@Nullable Permit permit = limiter.acquire(ticket);
    if (permit == null) {
      shed.increment();
      callbacks.shed(ticket, Shed.LIMIT);
      return;
    }
    ticket.permit = permit;
    ticket.admitOnArrival(clock.nanos(), inflight.incrementAndGet());
    admitted.increment();
    Throwable thrown = callbacks.admit(ticket);
    if (thrown != null) {
      if (ticket.startLeaving(this, Outcome.IGNORED)) {
        release(ticket);
      }
      Callbacks.report(thrown);
    }
  }

  @Override
  public void start(Ticket ticket) {
    ticket.startedAt(clock.nanos());
  }

  @Override
  public void leave(Ticket ticket, Outcome outcome) {
    if (!ticket.startLeaving(this, outcome)) {
      throw new IllegalStateException("leave without a permit, or a second leave: " + ticket);
    }
    release(ticket);
  }

  private void release(Ticket ticket) {
    ticket.completedAt(clock.nanos());
    Limiter.Permit permit = ticket.permit;
    ticket.permit = null;
    inflight.decrementAndGet();
    Outcome outcome = ticket.outcome();
    ticket.settle();
    if (permit != null) {
      permit.release(outcome);
    }
  }

  @Override
  public void tick() {}

  @Override
  public int limit() {
    return limiter.limit();
  }

  @Override
  public GateStats stats() {
    Map<Shed, Long> byReason = new EnumMap<>(Shed.class);
    for (Shed reason : Shed.values()) {
      byReason.put(reason, reason == Shed.LIMIT ? shed.sum() : 0);
    }
    return new GateStats(
        limiter.limit(), inflight.get(), 0, admitted.sum(), Collections.unmodifiableMap(byReason));
  }
}
