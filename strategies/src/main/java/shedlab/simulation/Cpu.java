package shedlab.simulation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shedlab.admission.HostView;
import shedlab.admission.Signal;
import shedlab.host.WakeUpLog;
import shedlab.host.WakeUps;
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
 * <p>Refusals come first. As many pending refusals as there are idle cores delay no other work; any
 * more delay all other work until they are done.
 *
 * <p>A thread that wakes runs at once on an idle core. Else it waits as behind a run queue that is
 * served in turn, a slice each: half a slice for the thread that runs on its core, and one for each
 * other; and for refusals that delay all work. Linux lets a thread that has slept go first if it is
 * owed time, so it often waits less.
 */
final class Cpu implements HostView {
  private static final Set<Signal> TELLS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Signal.LIMIT)));

  /** Linux's base slice from eight CPUs on. */
  private static final double SLICE_NANOS = 3_000_000;

  private final EventQueue events;
  private final int workers;
  private final int fullCores;
  private final double rejectNanos;
  private final Consumer<Visit> onStart;
  private final Consumer<Visit> onDone;
  private final Heap<Visit> running = new Heap<>();
  private final Heap.Entry<Runnable> check = EventQueue.event(this::complete);

  private @Nullable Visit firstQueued;
  private @Nullable Visit lastQueued;

  private double cores;

  /** Nanoseconds of work that a core does in a nanosecond. */
  private double speed = 1;

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

  private final WakeUpLog wakeUps = new WakeUpLog();

  /** Somebody has asked for wake-ups. */
  private boolean watched;

  /** The thread that only sleeps is awake and waits for a core. */
  private boolean ready;

  /** Since when it waits, or until when it sleeps. */
  private long dueNanos;

  /** When it gets a core. */
  private double runsNanos;

  Cpu(EventQueue events, ServerModel model, Consumer<Visit> onStart, Consumer<Visit> onDone) {
    this.events = events;
    this.fullCores = model.cores();
    this.cores = model.cores();
    this.workers = model.workers();
    this.rejectNanos = model.rejectCost().toNanos();
    this.onStart = onStart;
    this.onDone = onDone;
  }

  /** Work to do; a worker takes it now or later. */
  void submit(Visit visit) {
    advance();
    if (running.size() < workers) {
      start(visit);
    } else if (lastQueued == null) {
      firstQueued = visit;
      lastQueued = visit;
    } else {
      lastQueued.next = visit;
      lastQueued = visit;
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
    speed = speedNow;
    plan();
  }

  double cores() {
    return cores;
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
    return fullCores;
  }

  @Override
  public long wakeUps() {
    advance();
    if (!watched) {
      watched = true;
      dueNanos = events.nanos() + WakeUps.SLEEP_NANOS;
    }
    return wakeUps.count();
  }

  @Override
  public long lateNanos(long wakeUp) {
    return wakeUps.lateNanos(wakeUp);
  }

  private void start(Visit visit) {
    onStart.accept(visit);
    visit.shareThenNanos = shareNanos;
    // Doubles above zero are in the order of their bits.
    running.put(visit.finish, Double.doubleToRawLongBits(done + visit.workNanos));
  }

  private void complete() {
    advance();
    while (running.size() > 0 && end() <= done) {
      Visit visit = running.poll();
      visit.usedCpu(Math.round(shareNanos - visit.shareThenNanos));
      if (running.size() == 0) {
        done = 0;
      }
      Visit queued = firstQueued;
      if (queued != null) {
        firstQueued = queued.next;
        lastQueued = firstQueued == null ? null : lastQueued;
        queued.next = null;
        start(queued);
      }
      onDone.accept(visit);
    }
    plan();
  }

  /** The mark at which the first running visit ends. */
  private double end() {
    return Double.longBitsToDouble(running.leastKey());
  }

  private void advance() {
    double elapsed = events.nanos() - toldNanos;
    wake(elapsed);
    toldNanos = events.nanos();
    deniedNanos += elapsed * (fullCores - cores);
    if (elapsed == 0 || cores == 0) {
      return;
    }
    int n = running.size();
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
    }
  }

  /** What the thread that only sleeps did in this time, in which nothing else changed. */
  private void wake(double elapsed) {
    if (!watched) {
      return;
    }
    if (cores == 0) {
      runsNanos += elapsed; // if it waits; in a stall nothing runs
      return;
    }
    long now = events.nanos();
    while (ready ? runsNanos <= now : dueNanos <= now) {
      if (ready) {
        wakeUps.add((long) runsNanos - dueNanos);
        dueNanos = (long) runsNanos + WakeUps.SLEEP_NANOS;
      } else {
        long from = Math.max(dueNanos, toldNanos);
        runsNanos = from + runQueueNanos() + Math.max(0, heldUp() - (from - toldNanos));
      }
      ready = !ready;
    }
  }

  private double runQueueNanos() {
    double queued = running.size() < cores ? 0 : running.size() / cores - 0.5;
    return SLICE_NANOS * queued;
  }

  private double idle() {
    return Math.max(0, cores - running.size());
  }

  /** For how long refusals delay all other work. */
  private double heldUp() {
    return owed == 0 ? 0 : Math.max(0, owed - idle() * rejectNanos) / (cores * speed);
  }

  /**
   * Sets the next check to the time at which the next visit ends if nothing changes. If an arrival
   * or a refusal delays that end, the check comes too early and sets another.
   */
  private void plan() {
    if (running.size() == 0 || cores == 0) {
      return;
    }
    double left = Math.max(0, end() - done) / (speed * Math.min(1, cores / running.size()));
    long at = events.nanos() + (long) Math.ceil(left + heldUp());
    if (!check.queued() || at < check.key()) {
      events.at(check, at);
    }
  }
}
