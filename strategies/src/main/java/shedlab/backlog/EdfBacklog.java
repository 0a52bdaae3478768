package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;

/**
 * Earliest deadline first: the request whose budget ends first is admitted first, and a request
 * whose budget is used up is given up. When the queue is full, the request with the latest deadline
 * is shed.
 *
 * <p>This is optimal while there is capacity for all requests, and known to collapse beyond: it
 * works on those that are about to be late. A small {@code capacity} limits that. A request without
 * a budget gets {@code timeout}, and no budget is longer.
 *
 * <p>An arrival costs one step for each waiting request with a later deadline; none if all budgets
 * are equal.
 */
public final class EdfBacklog implements Backlog {
  /** {@code edf:capacity=N,timeout=1s}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<>(
          "edf",
          "the earliest deadline first; sheds the latest when it is full",
          "Liu and Layland 1973",
          spec -> new EdfBacklog(spec.get(Common.CAPACITY), spec.get(Common.TIMEOUT).toNanos()),
          Common.CAPACITY,
          Common.TIMEOUT);

  private final long timeoutNanos;
  private final Ranking ranking;

  /** An empty queue of {@code capacity} places. */
  public EdfBacklog(int capacity, long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
    this.ranking = new Ranking(capacity);
  }

  private long deadline(Ticket ticket) {
    return ticket.enteredNanos() + Math.min(ticket.budgetNanos(), timeoutNanos);
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    return ranking.offer(ticket, deadline(ticket));
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    Ticket first = ranking.first();
    return first != null && nowNanos - ranking.firstRank() >= 0 ? ranking.pollFirst() : null;
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    return ranking.pollFirst();
  }

  @Override
  public boolean remove(Ticket ticket) {
    return ranking.remove(ticket);
  }

  @Override
  public int size() {
    return ranking.size();
  }

  /** Always false: a request with an earlier deadline gets a place in a full queue, too. */
  @Override
  public boolean full() {
    return false;
  }
}
