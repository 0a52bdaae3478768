package shedlab.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Admission;
import shedlab.admission.GateStats;
import shedlab.admission.Outcome;
import shedlab.admission.Shed;
import shedlab.retry.DrainTime;
import shedlab.retry.RetryAfter;
import shedlab.simulation.model.CollectorModel;
import shedlab.simulation.model.ServerModel;
import shedlab.strategy.Strategy;

/** A server of the fleet: its gate in front of its CPU. */
final class Server {
  /** Is called for what happens to visits. */
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

    /** So many are gone with their server; nobody will hear of them. */
    void lost(long waiting, long inflight);
  }

  private final EventQueue events;
  private final Admission gate;
  private final Cpu cpu;
  private final Listener listener;
  private final CollectorModel collector;
  private final RetryAfter retryAfter;
  private final DrainTime drainTime = new DrainTime();
  private final Heap.Entry<Runnable> pause = EventQueue.event(this::pause);
  final Heap.Entry<Server> balance = new Heap.Entry<>(this);

  private @Nullable Visit unused;

  /** Visits that arrived or were abandoned during a stall; the gate gets them afterwards. */
  private final ArrayDeque<Visit> held = new ArrayDeque<>();

  private boolean paused;
  private boolean killed;
  private int limit;

  /** That a client has been told when to try again. */
  private long refusals;

  /**
   * A server on which nothing has happened yet.
   *
   * @param phase when its collector first pauses, as a share of the time between pauses
   */
  Server(EventQueue events, Strategy strategy, ServerModel model, Listener listener, double phase) {
    this.events = events;
    this.cpu = new Cpu(events, model, this::started, this::completed);
    this.listener = listener;
    this.gate = strategy.admission(events, cpu);
    this.collector = model.host().collector();
    this.retryAfter = model.retryAfter();
    readLimit();
    if (!collector.pause().isZero()) {
      events.at(pause, events.nanos() + Math.round(phase * collector.every().toNanos()));
    }
  }

  Cpu cpu() {
    return cpu;
  }

  /** Nanoseconds of work that it can do now in a nanosecond, pauses included on average. */
  double capacity() {
    return cpu.capacity() * collector.share();
  }

  /** A visit that is not in use. */
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
    if (!cpu.stalled()) {
      gate.enter(visit);
    } else {
      visit.held = true;
      held.add(visit);
    }
  }

  /** The client has closed its connection. This has no effect once the visit is admitted. */
  void abandon(Visit visit) {
    visit.gone = true;
    if (!cpu.stalled()) {
      visit.abandon();
    } else if (!visit.held && !visit.admitted) {
      held.add(visit);
    }
  }

  void tick() {
    if (!cpu.stalled()) {
      gate.tick();
      readLimit();
      if (retryAfter.isComputed()) {
        GateStats now = gate.stats();
        long inside = (long) now.inflight() + now.waiting();
        drainTime.observe(inside, now.admitted() - now.inflight(), events.nanos());
      }
    }
  }

  /** What the refusal that is under way tells its client. */
  long retryAfterSeconds() {
    return retryAfter.seconds(drainTime.seconds(), refusals++);
  }

  /**
   * Changes its CPU. Without any core it stalls like a JVM in a pause: no thread runs, and the gate
   * gets all arrivals of that time at once afterwards.
   */
  void change(double cores, double speed) {
    cpu.change(cores, speed);
    catchUp();
  }

  /** Ends it: whatever is in it stays unanswered, and it does nothing any more. */
  void kill() {
    killed = true;
    GateStats now = gate.stats();
    long unseen = held.stream().filter(visit -> visit.held).count();
    listener.lost(now.waiting() + unseen, now.inflight());
    listener.limitChanged(-(long) limit);
    cpu.change(0, 1);
  }

  boolean killed() {
    return killed;
  }

  private void pause() {
    paused = !paused;
    cpu.pause(paused);
    Duration next = paused ? collector.pause() : collector.every().minus(collector.pause());
    events.at(pause, events.nanos() + next.toNanos());
    catchUp();
  }

  /** Unless it stalls, the gate gets what it missed while it did. */
  private void catchUp() {
    while (!cpu.stalled() && !held.isEmpty()) {
      Visit visit = held.remove();
      if (visit.held) {
        visit.held = false;
        gate.enter(visit);
      }
      if (visit.gone) { // and has not been shed since
        visit.abandon();
      }
    }
  }

  void admitted(Visit visit) {
    visit.admitted = true;
    listener.admitted(visit);
    cpu.submit(visit);
  }

  void shed(Visit visit, Shed reason) {
    // A client that has left gets no answer, so the refusal costs nothing.
    listener.shed(visit, reason, reason == Shed.ABANDONED ? 0 : cpu.refuse());
    release(visit);
  }

  void fail(Throwable thrown) {
    events.fail(thrown);
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
    visit.admitted = false;
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
