package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * First in first out while the queue is short, newest first while it is long: fair in normal times,
 * and under overload at least the newest requests are on time.
 *
 * <p>The published versions expire a request only when its turn comes, so that under lasting
 * overload the oldest stay at the bottom and keep their places. Here every arrival, completion and
 * heartbeat gives up on all requests that have waited for {@code timeout}.
 */
public final class AdaptiveLifoBacklog implements Backlog {
  static final Parameter<Double> THRESHOLD =
      Parameter.real("threshold", "newest first above this share of the places", 0, 1)
          .defaultsTo(0.8);

  /** {@code adaptive-lifo:capacity=N,timeout=1s,threshold=0.8}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<>(
          "adaptive-lifo",
          "oldest first while the queue is short, newest first while it is long",
          "Maurer, Fail at Scale, 2015; HBase AdaptiveLifoCoDelCallQueue",
          spec ->
              new AdaptiveLifoBacklog(
                  spec.get(Common.CAPACITY),
                  spec.get(Common.TIMEOUT).toNanos(),
                  spec.get(THRESHOLD)),
          Common.CAPACITY,
          Common.TIMEOUT,
          THRESHOLD);

  private final Line line;
  private final long timeoutNanos;
  private final double longLine;

  /** An empty line of {@code capacity} places; {@code threshold} is a share of them. */
  public AdaptiveLifoBacklog(int capacity, long timeoutNanos, double threshold) {
    this.line = new Line(capacity);
    this.timeoutNanos = timeoutNanos;
    this.longLine = threshold * capacity;
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
    return line.size() > longLine ? line.pollNewest() : line.pollOldest();
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
