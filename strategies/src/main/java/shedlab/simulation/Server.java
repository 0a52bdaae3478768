package shedlab.simulation;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Admission;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.strategy.Strategy;

/** A server of the fleet: a gate of its own in front of a CPU of its own. */
final class Server {
  /** What the server tells of its visits. */
  interface Listener {
    void admitted(Visit visit);

    /**
     * Refused.
     *
     * @param answerNanos how long the refusal takes
     */
    void shed(Visit visit, Shed reason, double answerNanos);

    void completed(Visit visit);

    void limitChanged(long delta);
  }

  private final Admission gate;
  private final Cpu cpu;
  private final double rejectNanos;
  private final Listener listener;
  final Heap.Entry<Server> balance = new Heap.Entry<>(this);

  private @Nullable Visit unused;
  private @Nullable Visit firstHeld;
  private @Nullable Visit lastHeld;
  private int limit;

  Server(EventQueue events, Strategy strategy, ServerModel model, Listener listener) {
    this.cpu = new Cpu(events, model.cores(), model.workers(), this::started, this::completed);
    this.rejectNanos = model.rejectCost().toNanos();
    this.listener = listener;
    this.gate = strategy.admission(events, cpu);
    readLimit();
  }

  Cpu cpu() {
    return cpu;
  }

  /** A visit that nobody uses. */
  Visit visit() {
    Visit visit = unused;
    if (visit == null) {
      return new Visit(this);
    }
    unused = visit.next;
    visit.next = null;
    return visit;
  }

  void enter(Visit visit) {
    if (cpu.cores() > 0) {
      gate.enter(visit);
    } else if (lastHeld == null) {
      firstHeld = visit;
      lastHeld = visit;
    } else {
      lastHeld.next = visit;
      lastHeld = visit;
    }
  }

  void tick() {
    if (cpu.cores() > 0) {
      gate.tick();
      readLimit();
    }
  }

  /**
   * Changes its cores. Without any it stalls like a JVM in a pause: no thread runs, and what
   * arrives meets the gate afterwards, all at once.
   */
  void cores(double now) {
    cpu.cores(now);
    while (now > 0 && firstHeld != null) {
      Visit visit = firstHeld;
      firstHeld = visit.next;
      visit.next = null;
      gate.enter(visit);
      if (visit.gone) {
        visit.abandon();
      }
    }
    lastHeld = firstHeld == null ? null : lastHeld;
  }

  void admitted(Visit visit) {
    listener.admitted(visit);
    cpu.submit(visit);
  }

  void shed(Visit visit, Shed reason) {
    double answer = rejectNanos > 0 ? cpu.refuse(rejectNanos) : 0;
    listener.shed(visit, reason, answer);
    release(visit);
  }

  private void started(Visit visit) {
    gate.start(visit);
  }

  private void completed(Visit visit) {
    gate.leave(visit, Outcome.SUCCESS);
    readLimit();
    listener.completed(visit);
    release(visit);
  }

  private void release(Visit visit) {
    visit.request = null;
    visit.gone = false;
    visit.next = unused;
    unused = visit;
  }

  private void readLimit() {
    int now = gate.limit();
    if (now != limit) {
      listener.limitChanged((long) now - limit);
      limit = now;
    }
  }
}
