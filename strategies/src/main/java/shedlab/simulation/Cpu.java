package shedlab.simulation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import shedlab.admission.HostView;
import shedlab.admission.Signal;
import shedlab.simulation.model.ServerModel;

/**
 * The cores of a server and the workers on them. Admitted visits wait for a worker, first in first
 * out; busy workers share the cores equally, at most one core each. So as many workers as cores are
 * a first-in-first-out pool, unlimited workers are egalitarian processor sharing, and real servers
 * are between the two.
 *
 * <p>All running visits get the same amount of work done in the same time. So the end of each is a
 * mark on one common scale of work done (virtual time, as in Parekh and Gallager 1993), and an
 * event costs O(log n) for n running visits.
 *
 * <p>With I/O, a visit leaves the cores when half of its work is done, keeps its worker for as long
 * as the I/O takes, and comes back for the other half.
 *
 * <p>The compiler is one more thread among the workers: see {@link Compilation}. The speed of the
 * cores changes with what it has done, but only when a visit comes or goes.
 *
 * <p>Refusals come first. As many pending refusals as there are idle cores delay no other work; any
 * more delay all other work until they are done.
 *
 * <p>A thread that wakes waits half a slice for the thread that runs on its core, and one for each
 * other: see {@link Sleeper}.
 */
final class Cpu implements HostView {
  private static final Set<Signal> TELLS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Signal.LIMIT)));

  private final EventQueue events;
  private final ServerModel model;
  private final Workers workers;
  private final double rejectNanos;
  private final Consumer<Visit> onStart;
  private final Consumer<Visit> onDone;
  private final Heap<Visit> running = new Heap<>();
  private final Heap.Entry<Runnable> check = EventQueue.event(this::complete);

  private double cores;

  /** The speed of the cores. */
  private double coreSpeed = 1;

  /** Nanoseconds of work that a core does in a nanosecond: the less, the less is compiled. */
  private double speed;

  private long toldNanos;

  /** Nanoseconds of work that every worker busy since it was last 0 has done. */
  private double done;

  /** Core-nanoseconds of refusals that are still to be done. */
  private double owed;

  private double busyNanos;

  /** CPU time that a worker would have had that was busy from the beginning. */
  private double shareNanos;

  /** Core-nanoseconds lost to incidents. */
  private double deniedNanos;

  /** The collector has stopped all threads and uses all cores. */
  private boolean paused;

  private final Sleeper sleeper = new Sleeper();
  private final Compilation compilation;

  Cpu(EventQueue events, ServerModel model, Consumer<Visit> onStart, Consumer<Visit> onDone) {
    this.events = events;
    this.model = model;
    this.cores = model.cores();
    this.workers = new Workers(events, model, this::goOn);
    this.compilation = new Compilation(model.host().compiler());
    this.speed = compilation.speed();
    this.rejectNanos = model.rejectCost().toNanos();
    this.onStart = onStart;
    this.onDone = onDone;
  }

  /** Work to do; a worker takes it now or later. */
  void submit(Visit visit) {
    advance();
    if (workers.free(running.size())) {
      start(visit);
    } else {
      workers.add(visit);
    }
    plan();
  }

  /** Adds a refusal to do; returns how long after now it will be done. */
  double refuse() {
    if (rejectNanos == 0) {
      return 0;
    }
    advance();
    owed += rejectNanos;
    return Math.max(rejectNanos, owed / cores) / speed;
  }

  /** Sets the number of cores, zero for a stall, and their speed. */
  void change(double coresNow, double speedNow) {
    advance();
    cores = coresNow;
    coreSpeed = speedNow;
    plan();
  }

  /** A pause of the collector begins or ends. */
  void pause(boolean now) {
    advance();
    paused = now;
    plan();
  }

  /** True if no thread runs. */
  boolean stalled() {
    return paused || cores == 0;
  }

  /** Nanoseconds of work that all cores do in a nanosecond when no pause stops them. */
  double capacity() {
    return model.usable(cores) * speed;
  }

  @Override
  public Set<Signal> tells() {
    return TELLS;
  }

  @Override
  public long cpuNanos() {
    advance();
    return (long) busyNanos;
  }

  @Override
  public long deniedNanos() {
    advance();
    return (long) deniedNanos;
  }

  @Override
  public int cpus() {
    return model.cores();
  }

  @Override
  public long wakeUps() {
    advance();
    return sleeper.log(events.nanos()).count();
  }

  @Override
  public long lateNanos(long wakeUp) {
    return sleeper.lateNanos(wakeUp);
  }

  private void start(Visit visit) {
    onStart.accept(visit);
    visit.usedNanos = 0;
    visit.needsIo = workers.doIo();
    run(visit);
  }

  private void run(Visit visit) {
    double work = workers.doIo() ? visit.workNanos / 2 : visit.workNanos;
    visit.shareThenNanos = shareNanos;
    // Doubles above zero are in the order of their bits.
    running.put(visit.finish, Double.doubleToRawLongBits(done + work));
  }

  private void goOn(Visit visit) {
    advance();
    run(visit);
    plan();
  }

  private void complete() {
    advance();
    while (running.size() > 0 && first() <= done) {
      Visit visit = running.poll();
      visit.usedNanos += shareNanos - visit.shareThenNanos;
      if (running.size() == 0) {
        done = 0;
      }
      if (visit.needsIo) {
        workers.ask(visit);
      } else {
        end(visit);
      }
    }
    plan();
  }

  /** All of its work is done. */
  private void end(Visit visit) {
    visit.usedCpu(Math.round(visit.usedNanos));
    compilation.completed();
    Visit queued = workers.poll();
    if (queued != null) {
      start(queued);
    }
    onDone.accept(visit);
  }

  /** The mark at which the first running visit leaves the cores. */
  private double first() {
    return Double.longBitsToDouble(running.leastKey());
  }

  private void advance() {
    double elapsed = events.nanos() - toldNanos;
    wake(elapsed);
    toldNanos = events.nanos();
    deniedNanos += elapsed * (model.cores() - cores);
    if (elapsed == 0 || stalled()) {
      busyNanos += elapsed * cores;
      return;
    }
    int n = threads();
    double working = elapsed;
    if (owed > 0) {
      double refusing = Math.min(elapsed, heldUp());
      double aside =
          Math.min(owed - refusing * cores * speed, (elapsed - refusing) * idle() * speed);
      owed = Math.max(0, owed - refusing * cores * speed - aside);
      busyNanos += refusing * cores + aside / speed;
      working -= refusing;
    }
    if (n > 0) {
      done += working * speed * Math.min(1, cores / n);
      shareNanos += working * Math.min(1, cores / n);
      busyNanos += working * Math.min(cores, n);
      compilation.had(working * Math.min(1, cores / n));
    }
  }

  /** What the thread that only sleeps did in this time, in which nothing else changed. */
  private void wake(double elapsed) {
    if (stalled()) {
      sleeper.stalled(elapsed);
    } else if (sleeper.watched()) {
      double queued = threads() < cores ? 0 : threads() / cores - 0.5;
      sleeper.advance(toldNanos, events.nanos(), queued, heldUp());
    }
  }

  /** Those that run and those that are ready to, refusals aside. */
  private int threads() {
    return running.size() + compilation.threads();
  }

  private double idle() {
    return Math.max(0, cores - threads());
  }

  /** For how long refusals delay all other work. */
  private double heldUp() {
    return owed == 0 ? 0 : Math.max(0, owed - idle() * rejectNanos) / (cores * speed);
  }

  /**
   * Sets the next check to the time at which the next visit or the compiler ends if nothing
   * changes. If an arrival or a refusal delays that end, the check comes too early and sets
   * another. Until then the speed stays what it is now.
   */
  private void plan() {
    speed = coreSpeed * compilation.speed();
    if (threads() == 0 || stalled()) {
      return;
    }
    double share = Math.min(1, cores / threads());
    double left =
        running.size() == 0
            ? Double.POSITIVE_INFINITY
            : Math.max(0, first() - done) / (speed * share);
    if (compilation.threads() > 0) {
      left = Math.min(left, compilation.leftNanos() / share);
    }
    long at = events.nanos() + (long) Math.ceil(left + heldUp());
    if (!check.queued() || at < check.key()) {
      events.at(check, at);
    }
  }
}
