package shedlab.bench.advise;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shedlab.spec.Parameter;
import shedlab.strategy.Composition;
import shedlab.strategy.Strategies;

/**
 * A strategy that other products have too: a constant limit and perhaps a queue.
 *
 * @param limit requests in flight
 * @param order of the queue: the name of a backlog, empty if there is none
 * @param capacity places in the queue; 0 if there is none
 * @param timeout longest wait; zero if there is no queue
 */
record Rule(int limit, String order, int capacity, Duration timeout) {
  static final String FIFO = "fifo";
  static final String LIFO = "lifo";

  private static final Parameter<Duration> TIMEOUT = Parameter.duration("timeout", "");

  /** The rule of a canonical text; nothing if it is another strategy. */
  static Optional<Rule> of(String strategy) {
    List<Composition.Part> parts = Strategies.installed().composition(strategy).parts();
    Map<String, String> limit = parts.get(0).values();
    if (!parts.get(0).name().equals("fixed") || parts.size() > 2) {
      return Optional.empty();
    }
    int permits = Integer.parseInt(limit.getOrDefault("limit", "1"));
    if (parts.size() == 1) {
      return Optional.of(new Rule(permits, "", 0, Duration.ZERO));
    }
    Map<String, String> queue = parts.get(1).values();
    return Optional.of(
        new Rule(
            permits,
            parts.get(1).name(),
            Integer.parseInt(queue.getOrDefault("capacity", "1")),
            TIMEOUT.read(queue.getOrDefault("timeout", "1s"))));
  }

  boolean queues() {
    return !order.isEmpty();
  }

  /** True for no queue, or one whose oldest request is next. */
  boolean plain() {
    return order.isEmpty() || order.equals(FIFO);
  }

  /** As a strategy, first in first out. */
  String strategy() {
    return queues() ? withQueue(capacity, timeout) : "fixed:limit=" + limit;
  }

  /** The same limit with another queue. */
  String withQueue(int places, Duration longest) {
    return "fixed:limit="
        + limit
        + "+fifo:capacity="
        + places
        + ",timeout="
        + TIMEOUT.writer().apply(longest);
  }

  /**
   * Places that are used up when the last one has waited for the timeout: for queues without one.
   */
  int places(int cores, Duration task) {
    double served = (double) timeout.toNanos() * cores / task.toNanos();
    return (int) Math.max(1, Math.min(capacity, Math.floor(served)));
  }
}
