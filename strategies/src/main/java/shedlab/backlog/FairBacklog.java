package shedlab.backlog;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Fair queueing by client: a queue for each, served in turn, first in first out within. When all
 * places are taken, the longest queue loses its newest; a queue that has its own {@code
 * queue-capacity} waiting takes no more. So a client that sends too much delays and crowds out
 * itself.
 *
 * <p>Clients are dealt queues by a hash of their key, so that two may share one. With {@code hand}
 * above 1 it is shuffle sharding: each client is dealt so many, and its request joins the shortest.
 * Few clients share a whole hand with one that floods its own, but that one gets a turn for each
 * queue of its hand.
 *
 * <p>Kubernetes' API Priority and Fairness has 64 queues of 50 and hands of 8, as {@code
 * fair:capacity=3200,queues=64,hand=8,queue-capacity=50}. Its turns go by the work that a queue has
 * had; here requests count alike, whatever they cost. An expiry looks at the head of each queue.
 */
public final class FairBacklog implements Backlog {
  private static final Parameter<Integer> QUEUES =
      Parameter.integer("queues", "queues that clients are spread over", 1, 4_096).defaultsTo(64);

  private static final Parameter<Integer> HAND =
      Parameter.integer("hand", "queues that a client is dealt", 1, 64).defaultsTo(1);
  private static final Parameter<Integer> QUEUE_CAPACITY =
      Parameter.integer("queue-capacity", "places in one queue", 1, 1_000_000)
          .defaultsTo(1_000_000);

  /** {@code fair:capacity=N,timeout=1s,queues=64,hand=1,queue-capacity=1000000}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<Backlog>(
              "fair",
              "a queue for each client, served in turn; the longest loses when all is full",
              "Nagle, RFC 970; Kubernetes API Priority and Fairness",
              spec ->
                  new FairBacklog(
                      spec.get(Common.CAPACITY),
                      spec.get(Common.TIMEOUT).toNanos(),
                      spec.get(QUEUES),
                      spec.get(HAND),
                      spec.get(QUEUE_CAPACITY)),
              Common.CAPACITY,
              Common.TIMEOUT,
              QUEUES,
              HAND,
              QUEUE_CAPACITY)
          .ordered(List.of(HAND, QUEUES));

  private final int capacity;
  private final long timeoutNanos;
  private final Line[] queues;

  /** Indices of the queues dealt last, ascending. */
  private final int[] hand;

  private int size;
  private int turn;

  /**
   * Empty queues that have {@code capacity} places together, and each {@code queueCapacity} at
   * most. Expects {@code hand <= queues}.
   */
  public FairBacklog(int capacity, long timeoutNanos, int queues, int hand, int queueCapacity) {
    this.capacity = capacity;
    this.timeoutNanos = timeoutNanos;
    this.queues = new Line[queues];
    for (int i = 0; i < queues; i++) {
      this.queues[i] = new Line(Math.min(capacity, queueCapacity));
    }
    this.hand = new int[hand];
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    Line own = shortestOfHand(ticket.client());
    if (own.full()) {
      return ticket;
    }
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
    shortestOfHand(ticket.client());
    for (int queue : hand) {
      if (queues[queue].remove(ticket)) {
        size--;
        return true;
      }
    }
    return false;
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

  /** Deals the client its hand; of equally short queues the one that was dealt first. */
  private Line shortestOfHand(long client) {
    long mixed = mix(client);
    Line shortest = null;
    for (int dealt = 0; dealt < hand.length; dealt++) {
      int card = (int) ((mixed >>> 33) % (queues.length - dealt));
      int place = 0;
      while (place < dealt && hand[place] <= card) { // the card-th of those not dealt yet
        card++;
        place++;
      }
      System.arraycopy(hand, place, hand, place + 1, dealt - place);
      hand[place] = card;
      if (shortest == null || queues[card].size() < shortest.size()) {
        shortest = queues[card];
      }
      mixed = mix(mixed);
    }
    return Objects.requireNonNull(shortest);
  }

  /** Keys may be consecutive numbers or hashes of any quality: mixed as in SplittableRandom. */
  private static long mix(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
  }
}
