package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Trait;

/**
 * A bounded stack: newest first. Under overload the admitted requests have hardly waited, and the
 * others wait in vain until {@code timeout}; a queue would make all of them late. When it is full,
 * an arriving request is refused, as in Netflix' {@code LifoBlockingLimiter}. Unlike there, no
 * thread blocks, and no wake-up can be lost.
 *
 * <p>A request that waits in vain is shed after {@code timeout}: set it to the longest wait that
 * can still end within the deadline.
 */
public final class LifoBacklog implements Backlog {
  /** {@code lifo:capacity=N,timeout=1s}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<Backlog>(
              "lifo",
              "a bounded stack, newest first, with a longest wait",
              "Netflix concurrency-limits LifoBlockingLimiter",
              spec ->
                  new LifoBacklog(spec.get(Common.CAPACITY), spec.get(Common.TIMEOUT).toNanos()),
              Common.CAPACITY,
              Common.TIMEOUT)
          .with(Trait.STATIC);

  private final Line line;
  private final long timeoutNanos;

  /** An empty stack of {@code capacity} places. */
  public LifoBacklog(int capacity, long timeoutNanos) {
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
    return line.pollNewest();
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
