package shedlab.admission;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sequential part of a {@link Gate}: its policers, its limit and its backlog. If one breaks its
 * contract and throws, the exception is reported and the safe answer is used instead.
 *
 * <p>One thread at a time, with happens-before between calls: the gate's drainer.
 */
final class Policies {
  private final Policer[] policers;
  private final Limit limit;
  private final Backlog backlog;
  private final GateView view;
  private final boolean policersLearn;
  private final boolean backlogLearns;

  Policies(List<Policer> policers, Limit limit, Backlog backlog, GateView view) {
    this.policers = policers.toArray(Policer[]::new);
    this.limit = limit;
    this.backlog = backlog;
    this.view = view;
    this.policersLearn = policers.stream().anyMatch(Policer::learns);
    this.backlogLearns = backlog.learns();
  }

  /**
   * Does nothing if every policer has what it needs.
   *
   * @param told by the host
   * @throws IllegalArgumentException otherwise
   */
  void mustHave(Set<Signal> told) {
    for (Policer policer : policers) {
      for (Signal needed : policer.needs()) {
        boolean there =
            needed == Signal.LIMIT
                ? limit.learns() || initialLimit() < Limit.MAX
                : told.contains(needed);
        if (!there) {
          throw new IllegalArgumentException(
              policer.getClass().getSimpleName() + ": alone (expected: " + needed + ")");
        }
      }
    }
  }

  /** True if a policer cannot decide without it. */
  boolean need(Signal signal) {
    for (Policer policer : policers) {
      if (policer.needs().contains(signal)) {
        return true;
      }
    }
    return false;
  }

  /** False if {@link #learn} always returns the limit it is given. */
  boolean learns() {
    return policersLearn || backlogLearns || limit.learns();
  }

  int initialLimit() {
    return inBounds(limit.initial());
  }

  /** The limit after this request has completed. */
  int learn(int limitBefore, Ticket ticket) {
    if (ticket.outcome() == Outcome.IGNORED) {
      return limitBefore;
    }
    if (policersLearn) {
      for (Policer policer : policers) {
        try {
          policer.completed(ticket);
        } catch (Throwable e) {
          Callbacks.report(e);
        }
      }
    }
    if (backlogLearns) {
      try {
        backlog.completed(ticket);
      } catch (Throwable e) {
        Callbacks.report(e);
      }
    }
    try {
      return inBounds(limit.next(limitBefore, ticket));
    } catch (Throwable e) {
      Callbacks.report(e);
      return limitBefore;
    }
  }

  boolean admits(Ticket ticket, long now) {
    for (Policer policer : policers) {
      try {
        if (!policer.admits(ticket, view, now)) {
          return false;
        }
      } catch (Throwable e) {
        Callbacks.report(e);
      }
    }
    return true;
  }

  boolean keeps(Ticket waiter, long now) {
    for (Policer policer : policers) {
      try {
        if (!policer.keeps(waiter, now)) {
          return false;
        }
      } catch (Throwable e) {
        Callbacks.report(e);
      }
    }
    return true;
  }

  @Nullable Ticket offer(Ticket ticket, long now) {
    try {
      return backlog.offer(ticket, now);
    } catch (Throwable e) {
      Callbacks.report(e);
      return ticket;
    }
  }

  @Nullable Ticket evict(long now) {
    try {
      return backlog.evict(now);
    } catch (Throwable e) {
      Callbacks.report(e);
      return null;
    }
  }

  @Nullable Ticket poll(long now) {
    try {
      return backlog.poll(now);
    } catch (Throwable e) {
      Callbacks.report(e);
      return null;
    }
  }

  boolean remove(Ticket ticket) {
    try {
      return backlog.remove(ticket);
    } catch (Throwable e) {
      Callbacks.report(e);
      return false;
    }
  }

  int waiting() {
    try {
      return backlog.size();
    } catch (Throwable e) {
      Callbacks.report(e);
      return 0;
    }
  }

  boolean full() {
    try {
      return backlog.full();
    } catch (Throwable e) {
      Callbacks.report(e);
      return false;
    }
  }

  private static int inBounds(int limit) {
    return Math.max(1, Math.min(limit, Limit.MAX));
  }
}
