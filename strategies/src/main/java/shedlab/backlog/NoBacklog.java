package shedlab.backlog;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;

/** No queue: a request that the limit does not admit is shed at once. */
public final class NoBacklog implements Backlog {
  @Override
  public Ticket offer(Ticket ticket, long nowNanos) {
    return ticket;
  }

  @Override
  public @Nullable Ticket evict(long nowNanos) {
    return null;
  }

  @Override
  public @Nullable Ticket poll(long nowNanos) {
    return null;
  }

  @Override
  public boolean remove(Ticket ticket) {
    return false;
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public boolean full() {
    return true;
  }
}
