package shedlab.backlog;

import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * A bounded queue, first in first out, that gives up on whoever has waited {@code timeout}. With
 * {@code fixed} in front of it: the M/G/c/K system.
 *
 * <p>The longest useful wait is the deadline less the service time; {@code capacity} near {@code
 * wait * cores / service time} makes the bound bite before the timeout does.
 */
public final class FifoBacklog implements Backlog {
  private static final Parameter<Integer> CAPACITY =
      Parameter.integer("capacity", "places to wait", 1, 1_000_000);
  private static final Parameter<Duration> TIMEOUT =
      Parameter.duration("timeout", "longest wait").defaultsTo(Duration.ofSeconds(1));

  /** {@code fifo:capacity=N,timeout=1s}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<>(
          "fifo",
          "a bounded queue, oldest first, with a longest wait",
          "M/G/c/K; java.util.concurrent.ArrayBlockingQueue",
          spec -> new FifoBacklog(spec.get(CAPACITY), spec.get(TIMEOUT).toNanos()),
          CAPACITY,
          TIMEOUT);

  private final int capacity;
  private final long timeoutNanos;
  private final ArrayDeque<Ticket> waiting;

  /** An empty queue of {@code capacity} places. */
  public FifoBacklog(int capacity, long timeoutNanos) {
    this.capacity = capacity;
    this.timeoutNanos = timeoutNanos;
    this.waiting = new ArrayDeque<>(capacity);
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    if (waiting.size() >= capacity) {
      return ticket;
    }
    waiting.add(ticket);
    return null;
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    Ticket oldest = waiting.peekFirst();
    return oldest != null && nowNanos - oldest.enteredNanos() >= timeoutNanos
        ? waiting.pollFirst()
        : null;
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    return waiting.pollFirst();
  }

  @Override
  public boolean remove(Ticket ticket) {
    return waiting.remove(ticket);
  }

  @Override
  public int size() {
    return waiting.size();
  }

  @Override
  public boolean full() {
    return waiting.size() >= capacity;
  }
}
