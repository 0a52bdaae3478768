package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;

/**
 * Earliest deadline first: whose budget ends first is admitted first, and whoever is over it is
 * given up on. When it is full, the latest deadline has no place.
 *
 * <p>Optimal while there is capacity for all, but known for collapse beyond: it works on whoever is
 * about to be late. The bound keeps that short. A request without a budget gets {@code timeout}.
 *
 * <p>A newcomer costs a step for each waiter with a later deadline; none if budgets are alike.
 */
public final class EdfBacklog implements Backlog {
  /** {@code edf:capacity=N,timeout=1s}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<>(
          "edf",
          "the earliest deadline first; the latest has no place when it is full",
          "Liu and Layland 1973",
          spec -> new EdfBacklog(spec.get(Common.CAPACITY), spec.get(Common.TIMEOUT).toNanos()),
          Common.CAPACITY,
          Common.TIMEOUT);

  private final long timeoutNanos;
  private final Ranking ranking;

  /** An empty queue of {@code capacity} places. */
  public EdfBacklog(int capacity, long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
    this.ranking = new Ranking(capacity, this::deadline);
  }

  private long deadline(Ticket ticket) {
    return ticket.enteredNanos() + Math.min(ticket.budgetNanos(), timeoutNanos);
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    return ranking.offer(ticket);
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    Ticket first = ranking.first();
    return first != null && nowNanos - deadline(first) >= 0 ? ranking.pollFirst() : null;
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

  /** False even without a free place: an earlier deadline would get one. */
  @Override
  public boolean full() {
    return false;
  }
}
