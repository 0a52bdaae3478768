package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Trait;

/**
 * A bounded queue, first in first out, that gives up on requests that have waited {@code timeout}.
 * With a {@code fixed} limit it is the M/G/c/K system.
 *
 * <p>The longest useful wait is the deadline less the service time; with a {@code capacity} near
 * {@code wait * cores / service time} the queue is full before a wait reaches the timeout.
 */
public final class FifoBacklog implements Backlog {
  /** {@code fifo:capacity=N,timeout=1s}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<Backlog>(
              "fifo",
              "a bounded queue, oldest first, with a longest wait",
              "M/G/c/K; java.util.concurrent.ArrayBlockingQueue",
              spec ->
                  new FifoBacklog(spec.get(Common.CAPACITY), spec.get(Common.TIMEOUT).toNanos()),
              Common.CAPACITY,
              Common.TIMEOUT)
          .with(Trait.STATIC);

  private final Line line;
  private final long timeoutNanos;

  /** An empty queue of {@code capacity} places. */
  public FifoBacklog(int capacity, long timeoutNanos) {
    this.line = new Line(capacity);
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    return line.offer(ticket);
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    return line.evict(timeoutNanos, nowNanos);
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    return line.pollOldest();
  }

  @Override
  public boolean remove(Ticket ticket) {
    return line.remove(ticket);
  }

  @Override
  public int size() {
    return line.size();
  }

  @Override
  public boolean full() {
    return line.full();
  }
}
