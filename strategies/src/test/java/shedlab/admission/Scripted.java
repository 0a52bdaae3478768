package shedlab.admission;

import org.jspecify.annotations.Nullable;

/** Policies that do as a test says, good and bad. */
final class Scripted {
  private Scripted() {}

  /** A limit that is whatever {@link #value} says at the next completion. */
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

  /** A backlog that throws from one of its methods while {@link #broken} names it. */
  static final class FragileBacklog implements Backlog {
    private final Backlog sound;
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
  }
}
