package shedlab.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shedlab.simulation.model.ServerModel;

/**
 * Visits that are admitted and do not run: those that wait for a worker, first in first out, and
 * those whose worker waits for I/O.
 */
final class Workers {
  private final EventQueue events;
  private final int all;
  private final double ioPerCpu;
  private final Consumer<Visit> onAnswer;
  private int inIo;
  private @Nullable Visit first;
  private @Nullable Visit last;

  /**
   * Nobody waits.
   *
   * @param onAnswer is told when the I/O of a visit is over
   */
  Workers(EventQueue events, ServerModel model, Consumer<Visit> onAnswer) {
    this.events = events;
    this.all = model.workers();
    this.ioPerCpu = model.host().ioPerCpu();
    this.onAnswer = onAnswer;
  }

  /** True if a worker is free while so many run. */
  boolean free(int running) {
    return running + inIo < all;
  }

  /** Waits for a worker. */
  void add(Visit visit) {
    if (last == null) {
      first = visit;
    } else {
      last.next = visit;
    }
    last = visit;
  }

  /** The first that waits for a worker, and does not any more; null if nobody does. */
  @Nullable Visit poll() {
    Visit polled = first;
    if (polled != null) {
      first = polled.next;
      last = first == null ? null : last;
      polled.next = null;
    }
    return polled;
  }

  /** True if visits need I/O. */
  boolean doIo() {
    return ioPerCpu > 0;
  }

  /** Waits for I/O. */
  void ask(Visit visit) {
    Heap.Entry<Runnable> answer = visit.answer;
    if (answer == null) {
      answer = EventQueue.event(() -> answered(visit));
      visit.answer = answer;
    }
    inIo++;
    events.at(answer, events.nanos() + Math.round(visit.workNanos * ioPerCpu));
  }

  private void answered(Visit visit) {
    inIo--;
    visit.needsIo = false;
    onAnswer.accept(visit);
  }
}
