package shedlab.admission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each {@link Ticket}: admit, let wait, or shed. Makes one sequential {@link Limit},
 * one sequential {@link Backlog} and any number of sequential {@link Policer}s concurrent.
 *
 * <p><b>Guarantees.</b> One decision per ticket. Requests in flight never exceed the limit that
 * admitted them. No permit is lost, whatever a callback or a policy throws. While requests wait,
 * none overtakes them, and none waits while a permit is free. Nothing is allocated per decision (a
 * thread's first decision allocates one small object for that thread).
 *
 * <p><b>Threads and progress.</b> Every method may be called by any thread, also from a callback;
 * none blocks. While nobody waits, arrival (and departure, if nothing is learnt from it) is one
 * compare-and-set on the word. Every other call is posted to an inbox. The thread that finds the
 * gate idle becomes the <i>drainer</i> and processes all calls in the inbox, one after the other
 * (flat combining: Hendler et al., SPAA 2010). So a call may deliver other callers' decisions
 * before it returns. A call from a callback takes no fast path: callbacks never nest more than
 * twice in one gate, however often a ticket enters again from {@code onShed}.
 *
 * <p><b>The word.</b> Limit, in flight, waiting and "the backlog is full" share 64 bits. A ticket
 * counts as waiting from the moment its arrival finds no permit, before it is in the backlog: from
 * then on both fast paths are closed, and only the drainer admits and only the drainer releases.
 */
public final class Gate implements Admission {
  // The word, from the low end: in flight, limit, waiting (21 bits each), full (1 bit).
  private static final int FIELD_BITS = 21;
  private static final long FIELD = (1L << FIELD_BITS) - 1;
  private static final int LIMIT_SHIFT = FIELD_BITS;
  private static final int WAITING_SHIFT = 2 * FIELD_BITS;
  private static final long ONE_INFLIGHT = 1;
  private static final long ONE_WAITING = 1L << WAITING_SHIFT;
  private static final long FULL = 1L << 63;

  // Places in the counters, 128 bytes apart (two cache lines: processors fetch them in pairs).
  private static final int WORD = 16;

  /**
   * Calls not yet processed; the thread that raises it from zero is the drainer until it is zero.
   */
  private static final int WORK = 32;

  /** The latest time policies were told; the drainer's. Threads bring theirs out of order. */
  private static final int TOLD = WORK + 1;

  /** Requests whose work has started and has not ended; 0 if no policer needs the number. */
  private static final int RUNNABLE = 48;

  private static final int PLACES = 64;

  /** How often a call looks for the gate to become idle before it is posted; useless on one CPU. */
  private static final int PATIENCE = Runtime.getRuntime().availableProcessors() > 1 ? 20 : 1;

  private static final VarHandle INBOX;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      INBOX = lookup.findVarHandle(Gate.class, "inbox", Ticket.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final NanoClock clock;
  private final boolean learns;
  private final boolean polices;
  private final boolean countsRunnable;
  private final Policies policies;
  private final LongAdder admitted = new LongAdder();
  private final LongAdder[] shed = new LongAdder[Shed.values().length];

  /**
   * What all threads write, apart from what they only read: on the cache line of the fields above,
   * every write would take those away from the other threads.
   */
  private final AtomicLongArray counters = new AtomicLongArray(PLACES);

  /** Posted tickets, newest first. */
  @SuppressWarnings("UnusedVariable") // through INBOX
  private @Nullable Ticket inbox;

  /**
   * A gate with no request in flight. The limit and the backlog must not be shared with another
   * gate.
   */
  public Gate(Limit limit, Backlog backlog, NanoClock clock) {
    this(List.of(), limit, backlog, clock, HostView.NONE);
  }

  /**
   * A gate with no request in flight. Only the clock and the host may be shared with another gate.
   *
   * @param policers asked in this order until one refuses
   * @throws IllegalArgumentException if a policer needs a signal that is not there
   */
  public Gate(
      List<Policer> policers, Limit limit, Backlog backlog, NanoClock clock, HostView host) {
    this.clock = clock;
    this.policies = new Policies(policers, limit, backlog, new View(host));
    policies.mustHave(host.tells());
    this.polices = !policers.isEmpty();
    this.countsRunnable = policies.need(Signal.RUNNABLE);
    this.learns = policies.learns();
    for (int i = 0; i < shed.length; i++) {
      shed[i] = new LongAdder();
    }
    counters.setPlain(TOLD, clock.nanos());
    // A policer sees every arrival: a gate with one never says that it is full without asking.
    long full = !polices && policies.full() ? FULL : 0;
    counters.set(WORD, full | ((long) policies.initialLimit() << LIMIT_SHIFT));
  }

  @Override
  public void enter(Ticket ticket) {
    ticket.mustBeSettledAt(this);
    Callbacks callbacks = Callbacks.ofThisThread();
    // From a callback there is no fast path: it would call the next callback from within this one.
    boolean fast = !callbacks.running();
    while (true) {
      long seen = word();
      if (fast && !polices && waiting(seen) == 0 && inflight(seen) < limit(seen)) {
        if (counters.compareAndSet(WORD, seen, seen + ONE_INFLIGHT)) {
          ticket.admitOnArrival(clock.nanos(), inflight(seen) + 1);
          deliverAdmission(ticket, callbacks);
          return;
        }
      } else if ((fast && isFull(seen)) || waiting(seen) == FIELD) {
        deliverShed(ticket, waiting(seen) == 0 ? Shed.LIMIT : Shed.FULL, callbacks);
        return;
      } else if (counters.compareAndSet(WORD, seen, seen + ONE_WAITING)) {
        long now = clock.nanos();
        ticket.waitFrom(now);
        submit(ticket, Ticket.ENTER, now);
        return;
      }
    }
  }

  @Override
  public void start(Ticket ticket) {
    if (ticket.startedAt(clock.nanos()) && countsRunnable) {
      counters.getAndAdd(RUNNABLE, 1);
    }
  }

  @Override
  public void leave(Ticket ticket, Outcome outcome) {
    if (!ticket.startLeaving(this, outcome)) {
      throw new IllegalStateException("leave without a permit, or a second leave: " + ticket);
    }
    long now = clock.nanos();
    ticket.completedAt(now);
    stopped(ticket);
    if (!learns || outcome == Outcome.IGNORED) {
      long seen = word();
      while (waiting(seen) == 0) {
        if (counters.compareAndSet(WORD, seen, seen - ONE_INFLIGHT)) {
          ticket.settle();
          return;
        }
        seen = word();
      }
    }
    submit(ticket, Ticket.LEAVE, now);
  }

  /** The work of a ticket has ended, if it ever started. */
  private void stopped(Ticket ticket) {
    if (countsRunnable && ticket.hasStarted()) {
      counters.getAndAdd(RUNNABLE, -1);
    }
  }

  /** Costs one read while no request waits. */
  @Override
  public void tick() {
    if (waiting(word()) > 0 && counters.getAndAdd(WORK, 1) == 0) {
      drain();
    }
  }

  /** One read. */
  @Override
  public int limit() {
    return limit(word());
  }

  @Override
  public GateStats stats() {
    Map<Shed, Long> byReason = new EnumMap<>(Shed.class);
    for (Shed reason : Shed.values()) {
      byReason.put(reason, shed[reason.ordinal()].sum());
    }
    long all = admitted.sum();
    long seen = word(); // last: who stops waiting meanwhile is in none of them, not in two
    return new GateStats(
        limit(seen), inflight(seen), waiting(seen), all, Collections.unmodifiableMap(byReason));
  }

  void abandoned(Ticket ticket) {
    submit(ticket, Ticket.ABANDON, clock.nanos());
  }

  /**
   * Processes the operation if the gate is idle or becomes idle soon, else leaves it to the
   * drainer. Posting and fetching cost more than a short wait for the drainer's current call.
   */
  private void submit(Ticket ticket, int operation, long now) {
    for (int i = 0; i < PATIENCE; i++) {
      if (counters.get(WORK) == 0 && counters.compareAndSet(WORK, 0, 1)) {
        perform(ticket, operation, tell(now));
        if (!counters.compareAndSet(WORK, 1, 0)) {
          drain();
        }
        return;
      }
      if (Callbacks.ofThisThread().running()) {
        break; // the drainer is probably this thread
      }
      Thread.onSpinWait();
    }
    if (ticket.post(operation)) {
      Ticket head;
      do {
        head = (Ticket) INBOX.getVolatile(this);
        ticket.nextPosted = head;
      } while (!INBOX.compareAndSet(this, head, ticket));
    }
    // Only after posting: the drainer reads the inbox after the last call that it counts as done.
    if (counters.getAndAdd(WORK, 1) == 0) {
      drain();
    }
  }

  // From here down to the callbacks: the drainer only.

  private void drain() {
    long done = 1;
    do {
      Ticket next = takeInbox();
      // After taking: nobody in there arrived later. And nobody needs the time if nobody waits.
      long now = waiting(word()) > 0 ? tell(clock.nanos()) : counters.getPlain(TOLD);
      while (next != null) {
        Ticket ticket = next;
        next = ticket.nextPosted;
        ticket.nextPosted = null; // before takePosted: after it the ticket may be posted again
        perform(ticket, ticket.takePosted(), now);
      }
      serve(now);
      done = counters.getAndAdd(WORK, -done) - done;
    } while (done != 0);
  }

  /** All posted tickets, oldest first. */
  private @Nullable Ticket takeInbox() {
    Ticket newest = (Ticket) INBOX.getAndSet(this, null);
    Ticket oldest = null;
    while (newest != null) {
      Ticket older = newest.nextPosted;
      newest.nextPosted = oldest;
      oldest = newest;
      newest = older;
    }
    return oldest;
  }

  private long tell(long now) {
    long told = counters.getPlain(TOLD);
    if (now - told > 0) {
      counters.setPlain(TOLD, now);
      return now;
    }
    return told;
  }

  private void perform(Ticket ticket, int operations, long now) {
    if ((operations & Ticket.ENTER) != 0) {
      arrive(ticket, now);
    }
    if ((operations & Ticket.ABANDON) != 0) {
      giveUp(ticket);
    }
    if ((operations & Ticket.LEAVE) != 0) {
      depart(ticket);
    }
    serve(now);
  }

  private void arrive(Ticket ticket, long now) {
    expire(now);
    if (ticket.hasGone()) {
      endWait(ticket, Shed.ABANDONED);
    } else if (!policies.admits(ticket, now)) {
      endWait(ticket, Shed.POLICED);
    } else if (policies.waiting() > 0 || !admitIfFree(ticket, now)) {
      Ticket displaced = policies.offer(ticket, now);
      if (displaced == null) {
        change(0); // it may be full now
      } else {
        endWait(displaced, policies.waiting() == 0 ? Shed.LIMIT : Shed.FULL);
      }
    }
  }

  /** False if no permit is free; true also if its client has gone. */
  private boolean admitIfFree(Ticket ticket, long now) {
    long seen = word();
    if (inflight(seen) >= limit(seen)) {
      return false;
    }
    admit(ticket, now, inflight(seen) + 1);
    return true;
  }

  private void admit(Ticket waiter, long now, int inflight) {
    if (waiter.admitWaiter(now, inflight)) {
      change(ONE_INFLIGHT - ONE_WAITING);
      deliverAdmission(waiter, Callbacks.ofThisThread());
    } else if (waiter.hasGone()) {
      endWait(waiter, Shed.ABANDONED);
    }
  }

  /**
   * If it is not in the backlog, it is not there yet ({@link #arrive} will see), or not any more.
   */
  private void giveUp(Ticket ticket) {
    if (ticket.hasGone() && policies.remove(ticket)) {
      endWait(ticket, Shed.ABANDONED);
    }
  }

  private void depart(Ticket ticket) {
    int limitBefore = limit(word());
    int limitAfter = learns ? policies.learn(limitBefore, ticket) : limitBefore;
    counters.getAndAdd(WORD, ((long) (limitAfter - limitBefore) << LIMIT_SHIFT) - ONE_INFLIGHT);
    ticket.settle();
  }

  private void serve(long now) {
    if (waiting(word()) == 0) {
      return;
    }
    expire(now);
    long seen = word();
    while (waiting(seen) > 0 && inflight(seen) < limit(seen)) {
      Ticket next = policies.poll(now);
      if (next == null) {
        return; // whoever waits is still on the way to the inbox
      }
      if (policies.keeps(next, now)) {
        admit(next, now, inflight(seen) + 1);
      } else {
        endWait(next, Shed.EXPIRED);
      }
      seen = word();
    }
  }

  private void expire(long now) {
    while (waiting(word()) > 0) {
      Ticket late = policies.evict(now);
      if (late == null) {
        return;
      }
      endWait(late, Shed.EXPIRED);
    }
  }

  private void endWait(Ticket ticket, Shed reason) {
    change(-ONE_WAITING);
    ticket.settle();
    deliverShed(ticket, reason, Callbacks.ofThisThread());
  }

  /** Changes the counts after a change of the backlog, which may be full now, or not any more. */
  private void change(long delta) {
    long full = !polices && policies.full() ? FULL : 0;
    long seen;
    do {
      seen = word();
    } while (!counters.compareAndSet(WORD, seen, ((seen + delta) & ~FULL) | full));
  }

  // Callbacks: foreign code, run between complete state changes.

  private void deliverAdmission(Ticket ticket, Callbacks callbacks) {
    admitted.increment();
    Throwable thrown = callbacks.admit(ticket);
    if (thrown != null) {
      if (ticket.startLeaving(this, Outcome.IGNORED)) {
        ticket.completedAt(clock.nanos());
        stopped(ticket);
        submit(ticket, Ticket.LEAVE, ticket.completedNanos());
      }
      Callbacks.report(thrown);
    }
  }

  private void deliverShed(Ticket ticket, Shed reason, Callbacks callbacks) {
    shed[reason.ordinal()].increment();
    callbacks.shed(ticket, reason);
  }

  private long word() {
    return counters.get(WORD);
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

  private static boolean isFull(long word) {
    return (word & FULL) != 0;
  }

  /** For policers: called by the drainer only. */
  private final class View implements GateView {
    private final HostView host;

    View(HostView host) {
      this.host = host;
    }

    @Override
    public int limit() {
      return Gate.limit(word());
    }

    @Override
    public int inflight() {
      return Gate.inflight(word());
    }

    @Override
    public int waiting() {
      return policies.waiting();
    }

    @Override
    public int runnable() {
      return (int) counters.get(RUNNABLE);
    }

    @Override
    public Set<Signal> tells() {
      return host.tells();
    }

    @Override
    public long cpuNanos() {
      return host.cpuNanos();
    }

    @Override
    public long deniedNanos() {
      return host.deniedNanos();
    }

    @Override
    public int cpus() {
      return host.cpus();
    }

    @Override
    public long wakeUps() {
      return host.wakeUps();
    }

    @Override
    public long lateNanos(long wakeUp) {
      return host.lateNanos(wakeUp);
    }
  }
}
