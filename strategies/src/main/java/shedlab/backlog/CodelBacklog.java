package shedlab.backlog;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;

/**
 * Controlled delay, in Facebook's variant for servers: a burst may wait, a standing queue may not.
 * If even the shortest wait of an {@code interval} exceeded {@code target}, the queue is standing:
 * in the next interval requests that have waited twice the target are given up.
 *
 * <p>Differences from folly:
 *
 * <ul>
 *   <li>Folly decides when a request leaves the queue. Here every arrival, completion and heartbeat
 *       gives up on all requests that have waited too long, so that a request is shed as soon as
 *       that is certain and not when its turn would have come.
 *   <li>Folly sees every request; a gate admits at once while nobody waits. So an empty line counts
 *       as a wait of zero, and a burst after an idle time is not judged by the queue before it (in
 *       folly it is).
 *   <li>Folly spares the first request of an interval, and gives up above twice the target; here
 *       none is spared, and exactly twice the target is enough.
 * </ul>
 *
 * <p>The default target is for work of a millisecond or less. The tuned target is a fifth of the
 * deadline: once the queue is standing, no request waits for more than two fifths of the deadline.
 */
public final class CodelBacklog implements Backlog {
  /** Which request is admitted next. */
  public enum Order {
    /** The oldest. */
    FIFO,
    /** The oldest; the newest while more than 0.8 of the places are taken. */
    ADAPTIVE_LIFO
  }

  private static final double LONG_LINE = 0.8;

  private static final Parameter<Duration> TARGET =
      Parameter.duration("target", "a queue is standing if its shortest wait is above this")
          .defaultsTo(Duration.ofMillis(5));
  private static final Parameter<Duration> INTERVAL =
      Parameter.duration("interval", "time over which the shortest wait is taken")
          .defaultsTo(Duration.ofMillis(100));
  private static final Parameter<Order> ORDER =
      Parameter.choice("order", "which request is admitted next", Order.class)
          .defaultsTo(Order.FIFO);

  /** {@code codel:capacity=N,timeout=1s,target=5ms,interval=100ms,order=fifo}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<Backlog>(
              "codel",
              "gives up on long waits once even the shortest is long",
              "Nichols and Jacobson 2012; Maurer, Fail at Scale, 2015; folly Codel",
              spec ->
                  new CodelBacklog(
                      spec.get(Common.CAPACITY),
                      spec.get(Common.TIMEOUT).toNanos(),
                      spec.get(TARGET).toNanos(),
                      spec.get(INTERVAL).toNanos(),
                      spec.get(ORDER)),
              Common.CAPACITY,
              Common.TIMEOUT,
              TARGET,
              INTERVAL,
              ORDER)
          .tuned(
              target ->
                  List.of(
                      Common.CAPACITY.at(64 * target.workers()),
                      Common.TIMEOUT.at(target.part(0.8)),
                      TARGET.at(target.part(0.2)),
                      INTERVAL.at(target.part(1))));

  private final Line line;
  private final long timeoutNanos;
  private final long targetNanos;
  private final long intervalNanos;
  private final double longLine;

  private boolean started;
  private long intervalEndNanos;
  private long shortestWaitNanos;
  private boolean standing;

  /** An empty line of {@code capacity} places. */
  public CodelBacklog(
      int capacity, long timeoutNanos, long targetNanos, long intervalNanos, Order order) {
    this.line = new Line(capacity);
    this.timeoutNanos = timeoutNanos;
    this.targetNanos = targetNanos;
    this.intervalNanos = intervalNanos;
    this.longLine = order == Order.ADAPTIVE_LIFO ? LONG_LINE * capacity : capacity;
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    endInterval(nowNanos);
    return line.offer(ticket);
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    endInterval(nowNanos);
    long longest = standing ? Math.min(timeoutNanos, 2 * targetNanos) : timeoutNanos;
    return observed(line.evict(longest, nowNanos), nowNanos);
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    endInterval(nowNanos);
    return observed(line.size() > longLine ? line.pollNewest() : line.pollOldest(), nowNanos);
  }

  private @Nullable Ticket observed(@Nullable Ticket ticket, long nowNanos) {
    if (ticket != null) {
      shortestWaitNanos = Math.min(shortestWaitNanos, nowNanos - ticket.enteredNanos());
    }
    return ticket;
  }

  /**
   * Called before the line changes: if it is empty now, it was empty when the interval ended. After
   * an interval in which no wait ended, the queue does not count as standing.
   */
  private void endInterval(long nowNanos) {
    long empty = line.size() == 0 ? 0 : Long.MAX_VALUE;
    shortestWaitNanos = Math.min(shortestWaitNanos, empty);
    if (!started || nowNanos - intervalEndNanos >= 0) {
      standing = started && shortestWaitNanos != Long.MAX_VALUE && shortestWaitNanos > targetNanos;
      shortestWaitNanos = empty;
      intervalEndNanos = nowNanos + intervalNanos;
      started = true;
    }
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
