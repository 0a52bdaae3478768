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
 *       which {@code 0.7 F(D)} of the tasks end. So a task that takes a quarter of the deadline
 *       waits for three quarters of it at most, without anybody saying so.
 *   <li><b>Next</b> is the oldest request that has waited for at most {@code W (1 - p)^6}. If there
 *       is none, the newest of the others: they stay as a reserve, so that no core is idle.
 *   <li><b>Places</b> there are for as many as the cores can serve within {@code D}. When they are
 *       taken, the one that has waited longest is shed, if it is part of the reserve, or else the
 *       new one.
 * </ul>
 *
 * <p>A request's deadline is the budget that it tells. One that tells none is taken to have the
 * mean of those that do. Where none does, nothing says for how long an answer is of use; then the
 * newest is served first, which is best or nearly best for any deadline ({@code W (1 - p)^6}
 * becomes {@code E[S] / cores (1 - p)^6}), and {@code W} is 20 times the p90 of a task. The service
 * time is that of the work alone, so that no overload can pass for the normal state.
 *
 * <p>The numbers have no unit, and were chosen in simulated situations: see {@code RESEARCH.md}.
 * Until 16 tasks are known it serves the oldest first and gives up at the deadline.
 *
 * <p>A call costs a constant time, but that an arrival costs a step for each waiting request with a
 * later deadline (none if all budgets are equal), and every eighth reads a histogram. It is made
 * for a limit of one permit for each core: what it admits starts at once.
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
  private final RecentTimes services = new RecentTimes(WINDOW);

  /** Those that have waited for less than the preferred wait, by deadline. */
  private final Ranking fresh;

  /** The reserve: those that have waited for longer, by deadline. All are due before the fresh. */
  private final Ranking reserve;

  private double budgetNanos;
  private double shedShare;
  private int news;

  // What follows from the three, reviewed every few events.
  /** Who has so little time left is given up. */
  private long hopelessNanos;

  /** Who has so little time left belongs to the reserve. */
  private long staleNanos;

  private double places;

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
    this.fresh = new Ranking(capacity, this::dueNanos);
    this.reserve = new Ranking(capacity, this::dueNanos);
    this.budgetNanos = deadlineNanos > 0 ? deadlineNanos : UNTOLD;
    review();
  }

  private long dueNanos(Ticket ticket) {
    long told = ticket.budgetNanos();
    return ticket.enteredNanos() + (told < UNTOLD ? told : (long) budgetNanos);
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    learnBudget(ticket);
    age(nowNanos);
    Ticket displaced = null;
    if (size() >= (int) places) {
      count(true);
      displaced = reserve.pollFirst();
      if (displaced == null) {
        return ticket;
      }
    }
    (isFresh(ticket, nowNanos) ? fresh : reserve).offer(ticket);
    return displaced;
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    age(nowNanos);
    Ticket first = reserve.first();
    if (first == null || slack(first, nowNanos) > hopelessNanos) {
      return null;
    }
    count(true);
    return reserve.pollFirst();
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    age(nowNanos);
    Ticket oldest = fresh.pollFirst();
    return oldest != null ? oldest : reserve.pollLast();
  }

  /** Moves those whose wait has passed the preferred one, which may have changed either way. */
  private void age(long nowNanos) {
    for (Ticket oldest = fresh.first();
        oldest != null && !isFresh(oldest, nowNanos);
        oldest = fresh.first()) {
      fresh.pollFirst();
      reserve.offer(oldest);
    }
    for (Ticket newest = reserve.last();
        newest != null && isFresh(newest, nowNanos);
        newest = reserve.last()) {
      reserve.pollLast();
      fresh.offerFirst(newest);
    }
  }

  private boolean isFresh(Ticket ticket, long nowNanos) {
    return slack(ticket, nowNanos) > staleNanos;
  }

  private long slack(Ticket ticket, long nowNanos) {
    return dueNanos(ticket) - nowNanos;
  }

  @Override
  public void completed(Ticket ticket) {
    if (ticket.outcome() == Outcome.SUCCESS) {
      services.record(ticket.serviceNanos());
    }
    learnBudget(ticket);
    count(false);
  }

  @Override
  public boolean learns() {
    return true;
  }

  private void learnBudget(Ticket ticket) {
    long told = ticket.budgetNanos();
    if (told < UNTOLD) {
      budgetNanos = budgetNanos < UNTOLD ? budgetNanos + WEIGHT * (told - budgetNanos) : told;
    }
  }

  private void count(boolean shed) {
    shedShare += WEIGHT * ((shed ? 1 : 0) - shedShare);
    news++;
    if (news >= REVIEW_EVERY) {
      news = 0;
      review();
    }
  }

  private void review() {
    boolean told = budgetNanos < UNTOLD;
    double keep = Math.pow(1 - shedShare, POWER);
    double longest = budgetNanos;
    double preferred = budgetNanos;
    places = capacity;
    if (services.size() >= FEW) {
      double mean = services.mean();
      if (told) {
        double chance = services.shareWithin((long) budgetNanos);
        longest = Math.max(0, budgetNanos - services.quantile(CHANCE * chance));
        preferred = longest * keep;
      } else {
        longest = LONG_TASKS * services.quantile(0.9);
        preferred = Math.min(longest, mean / cores * keep);
      }
      places = Math.max(1, Math.min(capacity, cores * (told ? budgetNanos : longest) / mean));
    }
    hopelessNanos = (long) budgetNanos - (long) longest;
    staleNanos = (long) budgetNanos - (long) preferred;
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
