package shedlab.admission;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policies that follow a test's instructions, correct and broken ones. */
final class Scripted {
  private Scripted() {}

  /** A limit that becomes {@link #value} at the next completion. */
  static final class ScriptedLimit implements Limit {
    int value;
    int asked;
    @Nullable RuntimeException failure;

    ScriptedLimit(int value) {
      this.value = value;
    }

    @Override
    public int initial() {
      return value;
    }

    @Override
    public int next(int limit, Sample sample) {
      asked++;
      if (failure != null) {
        throw failure;
      }
      return value;
    }
  }

  /** A backlog that learns, and throws from one of its methods while {@link #broken} names it. */
  static final class FragileBacklog implements Backlog {
    private final Backlog sound;
    final List<Ticket> completed = new ArrayList<>();
    String broken = "";

    FragileBacklog(Backlog sound) {
      this.sound = sound;
    }

    private void mayFail(String method) {
      if (broken.equals(method)) {
        throw new IllegalStateException(method);
      }
    }

    @Override
    public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
      mayFail("offer");
      return sound.offer(ticket, nowNanos);
    }

    @Override
    public @Nullable Ticket evict(long nowNanos) {
      mayFail("evict");
      return sound.evict(nowNanos);
    }

    @Override
    public @Nullable Ticket poll(long nowNanos) {
      mayFail("poll");
      return sound.poll(nowNanos);
    }

    @Override
    public boolean remove(Ticket ticket) {
      mayFail("remove");
      return sound.remove(ticket);
    }

    @Override
    public int size() {
      return sound.size();
    }

    @Override
    public boolean full() {
      mayFail("full");
      return sound.full();
    }

    @Override
    public void completed(Ticket ticket) {
      mayFail("completed");
      completed.add(ticket);
    }

    @Override
    public boolean learns() {
      return true;
    }
  }

  /** A backlog with one place, which the latest arrival takes from the ticket that has it. */
  static final class LatestBacklog implements Backlog {
    private @Nullable Ticket latest;

    @Override
    public @Nullable Ticket offer(Ticket ticket, long nowNanos) {
      Ticket displaced = latest;
      latest = ticket;
      return displaced;
    }

    @Override
    public @Nullable Ticket evict(long nowNanos) {
      return null;
    }

    @Override
    public @Nullable Ticket poll(long nowNanos) {
      Ticket next = latest;
      latest = null;
      return next;
    }

    @Override
    public boolean remove(Ticket ticket) {
      if (latest != ticket) {
        return false;
      }
      latest = null;
      return true;
    }

    @Override
    public int size() {
      return latest == null ? 0 : 1;
    }

    @Override
    public boolean full() {
      return false;
    }
  }
}
