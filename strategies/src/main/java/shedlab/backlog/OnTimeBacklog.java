package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Outcome;
import shedlab.admission.Ticket;
import shedlab.numbers.RecentTimes;

/**
 * Admits whoever can still be on time: the oldest such request while nearly all can be served, the
 * newest while most cannot, and something between the two in between.
 *
 * <p>Serving the oldest first wastes no request that has waited, so a short queue does not run dry;
 * but under lasting overload everybody who is served has waited nearly for the whole deadline, and
 * a task that takes longer than usual is late. Serving the newest first leaves each task the whole
 * deadline, but below the capacity it lets requests expire that could have been served. How much
 * each of the two loses depends on the load, the cores and the spread of the tasks. This queue
 * moves from one to the other with the share of requests that it loses.
 *
 * <p>With {@code F} the distribution of the latest 256 service times, {@code D} the deadline,
 * {@code p} the share of requests that were shed here among the latest 32 or so:
 *
 * <ul>
 *   <li><b>Given up</b> is a request as soon as its chance to be on time is less than 0.7 of what
 *       it was on arrival: after a wait of {@code W = D - q}, where {@code q} is the time within
 *       which {@code 0.7 F(D)} of the tasks end. So if a task takes a quarter of the deadline, a
 *       request waits for three quarters of it at most, without anybody saying so.
 *   <li><b>Next</b> is the oldest request that has waited for at most {@code W (1 - p)^6}. If there
 *       is none, the newest of the others: they stay as a reserve, so that no core is idle.
 *   <li><b>Places</b> there are for as many as the cores can serve within {@code D}. When they are
 *       taken, the oldest of the reserve is shed, or else the new one.
 * </ul>
 *
 * <p>A request's deadline is the budget that it tells, or else the one that is configured, or else
 * the median of those that others told. Where budgets differ, {@code q} is that of the median,
 * "oldest" is "first due" and "newest" is "last due"; how well that does has not been measured.
 *
 * <p>Where nobody knows a deadline, the newest is served first: {@code W (1 - p)^6} becomes {@code
 * E[S] / cores (1 - p)^6}, {@code W} is 20 times the p90 of a task, and {@code D} in the number of
 * places is {@code W}. Service times do not contain the wait, so a long queue raises none of this.
 *
 * <p>The numbers have no unit, and were chosen in simulated situations: see {@code RESEARCH.md}.
 * Until 16 tasks are known it serves the oldest first, gives up at the deadline, and has all of its
 * capacity for places.
 *
 * <p>A call takes constant time, but for four things: a change of {@code p} moves requests between
 * the reserve and the others; an arrival passes those that are due later (none if all budgets are
 * equal); {@link #remove} searches; and every eighth event reads a histogram. It is made for a
 * limit of one permit for each core: what it admits starts at once.
 */
public final class OnTimeBacklog implements Backlog {
  private static final double CHANCE = 0.7;
  private static final double POWER = 6;
  private static final double WEIGHT = 1.0 / 32;
  private static final int WINDOW = 256;

  /** Without a deadline: how many times as long as a long task a request may wait. */
  private static final double LONG_TASKS = 20;

  private static final int FEW = 16;
  private static final int REVIEW_EVERY = 8;

  /** The budget of a request whose deadline nobody knows; no wait comes near it. */
  private static final long UNTOLD = Ticket.NO_DEADLINE / 2;

  private final int cores;
  private final int capacity;
  private final boolean configured;
  private final RecentTimes services = new RecentTimes(WINDOW);

  /** Those that have waited for less than the preferred wait, first due first. */
  private final Ranking fresh;

  /** The others, first due first. */
  private final Ranking reserve;

  /** The usual budget: configured, or the median of those told, or {@link #UNTOLD}. */
  private double budgetNanos;

  private double shedShare;
  private int news;

  // What follows from these, reviewed every few events.

  /** The time that a request must have left. */
  private long neededNanos;

  /** The preferred wait, as a share of the longest. */
  private double freshShare;

  private int places;

  /**
   * An empty queue.
   *
   * @param cores that do the work
   * @param capacity places at most
   * @param deadlineNanos of requests that tell none; 0 if it is not known
   */
  public OnTimeBacklog(int cores, int capacity, long deadlineNanos) {
    this.cores = cores;
    this.capacity = capacity;
    this.configured = deadlineNanos > 0;
    this.fresh = new Ranking(capacity);
    this.reserve = new Ranking(capacity);
    this.budgetNanos = configured ? deadlineNanos : UNTOLD;
    review();
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    if (budgetNanos >= UNTOLD) {
      learnBudget(ticket);
    }
    age(nowNanos);
    Ticket displaced = null;
    if (size() >= places) {
      displaced = reserve.size() > 0 ? reserve.pollFirst() : ticket;
    }
    if (displaced != ticket) {
      long due = ticket.enteredNanos() + budget(ticket);
      (isFresh(ticket, due, nowNanos) ? fresh : reserve).offer(ticket, due);
    }
    if (displaced != null) {
      count(true);
    }
    return displaced;
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    age(nowNanos);
    Ticket first = reserve.first();
    if (first == null || waited(first, nowNanos) < patience(first, reserve.firstRank())) {
      return null;
    }
    count(true);
    return reserve.pollFirst();
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    age(nowNanos);
    Ticket first = fresh.pollFirst();
    return first != null ? first : reserve.pollLast();
  }

  /** Moves those whose wait has passed the preferred one, which may have changed either way. */
  private void age(long nowNanos) {
    for (Ticket first = fresh.first();
        first != null && !isFresh(first, fresh.firstRank(), nowNanos);
        first = fresh.first()) {
      reserve.offer(first, fresh.firstRank());
      fresh.pollFirst();
    }
    for (Ticket last = reserve.last();
        last != null && isFresh(last, reserve.lastRank(), nowNanos);
        last = reserve.last()) {
      fresh.offer(last, reserve.lastRank());
      reserve.pollLast();
    }
  }

  private boolean isFresh(Ticket ticket, long due, long nowNanos) {
    return waited(ticket, nowNanos) < freshShare * patience(ticket, due);
  }

  /** How long the ticket may wait. */
  private long patience(Ticket ticket, long due) {
    return Math.max(0, due - ticket.enteredNanos() - neededNanos);
  }

  private static long waited(Ticket ticket, long nowNanos) {
    return nowNanos - ticket.enteredNanos();
  }

  private long budget(Ticket ticket) {
    long told = ticket.budgetNanos();
    return told < UNTOLD ? Math.max(0, told) : (long) budgetNanos;
  }

  @Override
  public void completed(Ticket ticket) {
    if (ticket.outcome() == Outcome.SUCCESS) {
      services.record(ticket.serviceNanos());
    }
    if (!configured) {
      learnBudget(ticket);
    }
    count(false);
  }

  @Override
  public boolean learns() {
    return true;
  }

  /** Follows the median in small steps: a few who tell nonsense change little. */
  private void learnBudget(Ticket ticket) {
    long told = ticket.budgetNanos();
    if (told >= UNTOLD || told <= 0) {
      return;
    }
    if (budgetNanos >= UNTOLD) {
      budgetNanos = told;
      review();
    } else {
      budgetNanos *= 1 + WEIGHT * Math.signum(told - budgetNanos);
    }
  }

  private void count(boolean shed) {
    shedShare += WEIGHT * ((shed ? 1 : 0) - shedShare);
    news++;
    if (news >= REVIEW_EVERY) {
      review();
    }
  }

  private void review() {
    news = 0;
    double mean = services.mean();
    if (services.size() < FEW || mean == 0) {
      neededNanos = 0;
      freshShare = 1;
      places = capacity;
      return;
    }
    double keep = Math.pow(1 - shedShare, POWER);
    double horizon = budgetNanos;
    if (budgetNanos < UNTOLD) {
      double onArrival = services.shareWithin((long) budgetNanos);
      neededNanos = services.quantile(CHANCE * onArrival);
      freshShare = keep;
    } else {
      horizon = LONG_TASKS * services.quantile(0.9);
      neededNanos = UNTOLD - (long) horizon;
      freshShare = Math.min(1, mean / cores * keep / horizon);
    }
    places = (int) Math.max(1, Math.min(capacity, cores * horizon / mean));
  }

  @Override
  public boolean remove(Ticket ticket) {
    return fresh.remove(ticket) || reserve.remove(ticket);
  }

  @Override
  public int size() {
    return fresh.size() + reserve.size();
  }

  /** Always false: a new request may displace one that has waited for too long. */
  @Override
  public boolean full() {
    return false;
  }
}
