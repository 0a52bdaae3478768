package shedlab.admission;

import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Decides and counts as a gate would, but admits every request at once: shows what a strategy would
 * do to a service before it may do it.
 *
 * <p><b>How it decides.</b> The gate gets a copy of each request, when the request arrives. A copy
 * that the gate admits holds a permit for as long as the work of its request really takes; if the
 * gate lets it wait first, that time counts from its admission. A copy that the gate sheds holds
 * nothing, and its request teaches the strategy nothing. So requests that are let in beyond the
 * limit take no permit and no place in the backlog. If work takes as long as it would behind the
 * gate, every decision, count and limit is the one that the gate would have had.
 *
 * <p><b>Limits.</b>
 *
 * <ul>
 *   <li>Work that the gate would not have admitted slows the work beside it. So in an overload, a
 *       dry run sheds more than the gate would, and a limit that learns from times is lower. {@link
 *       #beyond} tells when: times are undisturbed while it is 0. A dry run therefore tells whether
 *       and when a strategy would shed, and not how much of a long overload.
 *   <li>A policer that watches the CPU sees the CPU time of all requests.
 *   <li>Clients behave as those of a service that sheds nothing: they have no 429 to react to, and
 *       {@link Ticket#abandon} does nothing because no request waits.
 * </ul>
 *
 * <p>Thread-safe. Each call takes a lock for as long as a decision takes, and each request
 * allocates one copy.
 */
public final class DryRun implements Admission {
  private final NanoClock clock;
  private final Admission gate;
  private final LimiterGate everybody;

  /** Guards all below, and every call of the gate. */
  private final Object lock = new Object();

  /** Copies with a permit whose work has ended, the next to leave first. */
  private final PriorityQueue<Copy> leaving =
      new PriorityQueue<>((a, b) -> Long.signum(a.leavesNanos - b.leavesNanos));

  /** The time that the gate is told. */
  private long now;

  private int beyond;

  /**
   * A dry run with no request in flight.
   *
   * @param gate makes the gate that decides; it must read the time from the clock that it is given
   * @param clock of the host
   */
  public DryRun(Function<NanoClock, Admission> gate, NanoClock clock) {
    this.clock = clock;
    this.now = clock.nanos();
    this.gate = gate.apply(() -> now);
    this.everybody = new LimiterGate(this::arrive, clock);
  }

  /** Admits the request, whatever the gate decides. */
  @Override
  public void enter(Ticket ticket) {
    everybody.enter(ticket);
  }

  @Override
  public void start(Ticket ticket) {
    everybody.start(ticket);
    if (ticket.permit instanceof Copy copy) {
      copy.begin();
    }
  }

  @Override
  public void leave(Ticket ticket, Outcome outcome) {
    everybody.leave(ticket, outcome);
  }

  @Override
  public void tick() {
    synchronized (lock) {
      advance();
      gate.tick();
    }
  }

  /** How many the gate would let be in flight now. */
  @Override
  public int limit() {
    return gate.limit();
  }

  /** What the gate would have counted: {@code inflight} and {@code waiting} are those of copies. */
  @Override
  public GateStats stats() {
    synchronized (lock) {
      advance();
      return gate.stats();
    }
  }

  /**
   * How many requests are at work now that the gate has shed, or would still let wait. While there
   * are any, work may take longer than it would behind the gate.
   */
  public int beyond() {
    synchronized (lock) {
      advance();
      return beyond;
    }
  }

  private Limiter.Permit arrive(Ticket request) {
    synchronized (lock) {
      advance();
      Copy copy = new Copy(request, now);
      gate.enter(copy);
      copy.countIfBeyond();
      return copy;
    }
  }

  /** Lets the gate see, each at its time, what has ended up to now. */
  private void advance() {
    long until = clock.nanos();
    while (!leaving.isEmpty() && leaving.element().leavesNanos - until <= 0) {
      Copy next = leaving.remove();
      tell(next.leavesNanos);
      next.leave();
    }
    tell(until);
  }

  private void tell(long nanos) {
    if (nanos - now > 0) {
      now = nanos;
    }
  }

  /** What the gate sees of a request. The request may be used again while its copy still waits. */
  private final class Copy extends Ticket implements Limiter.Permit {
    private final Ticket request;
    private final long arrivedNanos;
    private final int urgency;
    private final long budgetNanos;
    private final long client;
    private final int kind;

    private boolean admitted;
    private long admittedAt;
    private boolean begun;
    private boolean ended;
    private Outcome how = Outcome.IGNORED;
    private long workNanos;
    private long startedAfterNanos;
    private long cpuNanos;
    private long leavesNanos;

    /** Its request is at work, and it has no permit. */
    private boolean counted;

    Copy(Ticket request, long arrivedNanos) {
      this.request = request;
      this.arrivedNanos = arrivedNanos;
      this.urgency = request.urgency();
      this.budgetNanos = request.budgetNanos();
      this.client = request.client();
      this.kind = request.kind();
    }

    @Override
    public int urgency() {
      return urgency;
    }

    @Override
    public long budgetNanos() {
      return budgetNanos;
    }

    @Override
    public long client() {
      return client;
    }

    @Override
    public int kind() {
      return kind;
    }

    private void countIfBeyond() {
      if (!admitted) {
        counted = true;
        beyond++;
      }
    }

    private void countNoMore() {
      if (counted) {
        counted = false;
        beyond--;
      }
    }

    @Override
    protected void onAdmitted() {
      synchronized (lock) { // held already, unless a limiter decides it after another callback
        admitted = true;
        admittedAt = now;
        countNoMore();
        if (begun) {
          gate.start(this);
        }
        if (ended) {
          leaveInTime();
        }
      }
    }

    @Override
    protected void onShed(Shed reason) {
      // The gate has counted it; its request goes on.
    }

    /** The work of its request has begun; behind the gate, not before it is admitted. */
    private void begin() {
      synchronized (lock) {
        advance();
        begun = true;
        if (admitted) {
          gate.start(this);
        }
      }
    }

    /** The work of its request has ended. */
    @Override
    public void release(Outcome outcome) {
      synchronized (lock) {
        advance();
        ended = true;
        how = outcome;
        workNanos = now - arrivedNanos;
        startedAfterNanos = Math.max(0, workNanos - Math.max(0, request.serviceNanos()));
        cpuNanos = request.cpuNanos();
        countNoMore();
        if (admitted) {
          leaveInTime();
          advance();
        }
      }
    }

    private void leaveInTime() {
      leavesNanos = admittedAt + workNanos;
      leaving.add(this);
    }

    private void leave() {
      if (begun) {
        startedAt(admittedAt + startedAfterNanos);
      }
      usedCpu(cpuNanos);
      gate.leave(this, how);
    }
  }
}
