package shedlab.backlog;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Fair queueing by client: each client has a queue, the queues are served in turn, and each queue
 * is first in first out. When all places are taken, the longest queue loses its newest request; a
 * queue that holds {@code queue-capacity} requests takes no more. So a client that sends too much
 * delays and displaces only its own requests.
 *
 * <p>A hash of the client's key chooses its queue, so that two clients may share one. With {@code
 * hand} above 1 it is shuffle sharding: the hash chooses that many queues (the client's hand), and
 * a request joins the shortest of them. Few clients share their whole hand with a client that
 * floods its own, but that client gets a turn for each queue of its hand.
 *
 * <p>Kubernetes' API Priority and Fairness has 64 queues of 50 and hands of 8, as {@code
 * fair:capacity=3200,queues=64,hand=8,queue-capacity=50}. Its turns depend on the work that a queue
 * has received; here every request counts the same, whatever it costs. An expiry looks at the head
 * of each queue, but not before one of them can be late.
 */
public final class FairBacklog implements Backlog {
  private static final Parameter<Integer> QUEUES =
      Parameter.integer("queues", "queues that clients are spread over", 1, 4_096).defaultsTo(64);

  private static final Parameter<Integer> HAND =
      Parameter.integer("hand", "queues that a client may use", 1, 64).defaultsTo(1);
  private static final Parameter<Integer> QUEUE_CAPACITY =
      Parameter.integer("queue-capacity", "places in one queue", 1, 1_000_000)
          .defaultsTo(1_000_000);

  /** {@code fair:capacity=N,timeout=1s,queues=64,hand=1,queue-capacity=1000000}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<Backlog>(
              "fair",
              "a queue for each client, served in turn; sheds from the longest when it is full",
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

  /** Indices of the queues chosen last, ascending. */
  private final int[] hand;

  /** Indices of the queues in which somebody waits. */
  private final BitSet occupied;

  private int size;
  private int turn;

  /** No head of a queue arrived before this. */
  private long oldestNanos;

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
    this.occupied = new BitSet(queues);
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    int place = shortestOfHand(ticket.client());
    Line own = queues[place];
    if (own.full()) {
      return ticket;
    }
    Ticket displaced = null;
    if (size >= capacity) {
      int longest = longest();
      if (queues[longest].size() <= own.size()) {
        return ticket;
      }
      displaced = taken(longest, queues[longest].pollNewest());
    }
    if (size == 0 || ticket.enteredNanos() - oldestNanos < 0) {
      oldestNanos = ticket.enteredNanos();
    }
    size++;
    own.offer(ticket);
    occupied.set(place);
    return displaced;
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    if (size == 0 || nowNanos - oldestNanos < timeoutNanos) {
      return null;
    }
    long oldest = nowNanos;
    for (int i = occupied.nextSetBit(0); i >= 0; i = occupied.nextSetBit(i + 1)) {
      Ticket late = taken(i, queues[i].evict(timeoutNanos, nowNanos));
      if (late != null) {
        return late;
      }
      Ticket head = queues[i].oldest();
      if (head != null && head.enteredNanos() - oldest < 0) {
        oldest = head.enteredNanos();
      }
    }
    oldestNanos = oldest;
    return null;
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    int next = occupied.nextSetBit(turn);
    if (next < 0) {
      next = occupied.nextSetBit(0);
    }
    if (next < 0) {
      return null;
    }
    turn = next + 1 == queues.length ? 0 : next + 1;
    return taken(next, queues[next].pollOldest());
  }

  @Override
  public boolean remove(Ticket ticket) {
    shortestOfHand(ticket.client());
    for (int queue : hand) {
      if (queues[queue].remove(ticket)) {
        taken(queue, ticket);
        return true;
      }
    }
    return false;
  }

  @Override
  public int size() {
    return size;
  }

  /** Always false: a client with a shorter queue gets a place even if all are taken. */
  @Override
  public boolean full() {
    return false;
  }

  /** Counts what has been taken out of a queue, if anything. */
  private @Nullable Ticket taken(int queue, @Nullable Ticket ticket) {
    if (ticket != null) {
      size--;
      occupied.set(queue, queues[queue].size() > 0);
    }
    return ticket;
  }

  private int longest() {
    int longest = 0;
    for (int i = occupied.nextSetBit(0); i >= 0; i = occupied.nextSetBit(i + 1)) {
      if (queues[i].size() > queues[longest].size()) {
        longest = i;
      }
    }
    return longest;
  }

  /**
   * Chooses the client's hand and returns its shortest queue; of equally short ones the one chosen
   * first.
   */
  private int shortestOfHand(long client) {
    long mixed = mix(client);
    int shortest = -1;
    for (int dealt = 0; dealt < hand.length; dealt++) {
      int card = (int) ((mixed >>> 33) % (queues.length - dealt));
      int place = 0;
      while (place < dealt && hand[place] <= card) { // the card-th of those not dealt yet
        card++;
        place++;
      }
      System.arraycopy(hand, place, hand, place + 1, dealt - place);
      hand[place] = card;
      if (shortest < 0 || queues[card].size() < queues[shortest].size()) {
        shortest = card;
      }
      mixed = mix(mixed);
    }
    return shortest;
  }

  /** Keys may be consecutive numbers or hashes of any quality: mixed as in SplittableRandom. */
  private static long mix(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
  }
}
