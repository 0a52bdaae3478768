package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;
import shedlab.spec.Definition;

/**
 * The most urgent first, in the order of arrival among equals. When it is full, the newest of the
 * least urgent requests is shed. Priority is strict: under lasting overload the least urgent are
 * never served.
 */
public final class PriorityBacklog implements Backlog {
  private static final int URGENCIES = 8;

  /** {@code priority:capacity=N,timeout=1s}. */
  public static final Definition<Backlog> DEFINITION =
      new Definition<>(
          "priority",
          "the most urgent first; sheds the least urgent when it is full",
          "RFC 9218 urgency; HAProxy priority classes",
          spec ->
              new PriorityBacklog(spec.get(Common.CAPACITY), spec.get(Common.TIMEOUT).toNanos()),
          Common.CAPACITY,
          Common.TIMEOUT);

  private final int capacity;
  private final long timeoutNanos;
  private final Line[] lines = new Line[URGENCIES];
  private int size;

  /** An empty queue of {@code capacity} places. */
  public PriorityBacklog(int capacity, long timeoutNanos) {
    this.capacity = capacity;
    this.timeoutNanos = timeoutNanos;
    for (int urgency = 0; urgency < URGENCIES; urgency++) {
      lines[urgency] = new Line(capacity);
    }
  }

  @Override
  public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
    int urgency = urgency(ticket);
    Ticket displaced = null;
    if (size >= capacity) {
      int least = leastUrgent();
      if (least <= urgency) {
        return ticket;
      }
      displaced = taken(lines[least].pollNewest());
    }
    size++;
    lines[urgency].offer(ticket);
    return displaced;
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    for (Line line : lines) {
      Ticket late = taken(line.evict(timeoutNanos, nowNanos));
      if (late != null) {
        return late;
      }
    }
    return null;
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    for (Line line : lines) {
      Ticket next = taken(line.pollOldest());
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  @Override
  public boolean remove(Ticket ticket) {
    boolean removed = lines[urgency(ticket)].remove(ticket);
    size -= removed ? 1 : 0;
    return removed;
  }

  @Override
  public int size() {
    return size;
  }

  /** Always false: a more urgent request gets a place in a full queue, too. */
  @Override
  public boolean full() {
    return false;
  }

  private @Nullable Ticket taken(@Nullable Ticket ticket) {
    size -= ticket == null ? 0 : 1;
    return ticket;
  }

  private int leastUrgent() {
    int urgency = URGENCIES - 1;
    while (urgency > 0 && lines[urgency].size() == 0) {
      urgency--;
    }
    return urgency;
  }

  private static int urgency(Ticket ticket) {
    return Math.max(0, Math.min(URGENCIES - 1, ticket.urgency()));
  }
}
