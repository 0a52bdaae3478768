package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Fair queueing by client: a queue for each, served in turn, first in first out within. When all
 * places are taken, the longest queue loses its newest. So a client that sends too much delays and
 * crowds out itself.
 *
 * <p>A client's queue is a hash of its key: two clients may share one. Requests count alike,
 * whatever they cost. An expiry looks at the head of each queue.
 */
public final class FairBacklog implements Backlog {
  private static final Parameter<Integer> QUEUES =
      Parameter.integer("queues", "queues that clients are spread over", 1, 4_096).defaultsTo(64);

  /** {@code fair:capacity=N,timeout=1s,queues=64}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<>(
          "fair",
          "a queue for each client, served in turn; the longest loses when all is full",
          "Nagle, RFC 970; Kubernetes API Priority and Fairness",
          spec ->
              new FairBacklog(
                  spec.get(Common.CAPACITY), spec.get(Common.TIMEOUT).toNanos(), spec.get(QUEUES)),
          Common.CAPACITY,
          Common.TIMEOUT,
          QUEUES);

  private final int capacity;
  private final long timeoutNanos;
  private final Line[] queues;
  private int size;
  private int turn;

  /** Empty queues that have {@code capacity} places together. */
  public FairBacklog(int capacity, long timeoutNanos, int queues) {
    this.capacity = capacity;
    this.timeoutNanos = timeoutNanos;
    this.queues = new Line[queues];
    for (int i = 0; i < queues; i++) {
      this.queues[i] = new Line(capacity);
    }
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    Line own = queueOf(ticket);
    Ticket displaced = null;
    if (size >= capacity) {
      Line longest = longest();
      if (longest.size() <= own.size()) {
        return ticket;
      }
      displaced = taken(longest.pollNewest());
    }
    size++;
    own.offer(ticket);
    return displaced;
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    for (Line queue : queues) {
      Ticket late = taken(queue.evict(timeoutNanos, nowNanos));
      if (late != null) {
        return late;
      }
    }
    return null;
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    for (int i = 0; i < queues.length; i++) {
      Ticket next = taken(queues[turn].pollOldest());
      turn = turn + 1 == queues.length ? 0 : turn + 1;
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  @Override
  public boolean remove(Ticket ticket) {
    boolean removed = queueOf(ticket).remove(ticket);
    size -= removed ? 1 : 0;
    return removed;
  }

  @Override
  public int size() {
    return size;
  }

  /** False even without a free place: a client with a shorter queue would get one. */
  @Override
  public boolean full() {
    return false;
  }

  private @Nullable Ticket taken(@Nullable Ticket ticket) {
    size -= ticket == null ? 0 : 1;
    return ticket;
  }

  private Line longest() {
    Line longest = queues[0];
    for (Line queue : queues) {
      if (queue.size() > longest.size()) {
        longest = queue;
      }
    }
    return longest;
  }

  /** Keys may be consecutive numbers or hashes of any quality: mixed as in SplittableRandom. */
  private Line queueOf(Ticket ticket) {
    long mixed = ticket.client() * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    return queues[(int) ((mixed >>> 33) % queues.length)];
  }
}
