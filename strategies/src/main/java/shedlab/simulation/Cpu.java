package shedlab.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shedlab.admission.CpuClock;

/**
 * The cores of a server and the workers on them. Admitted visits wait for a worker, first in first
 * out; busy workers share the cores equally, none getting more than one. So as many workers as
 * cores are a pool that works first in first out, workers without end are egalitarian processor
 * sharing, and anything between is what a real server does.
 *
 * <p>All that run get the same amount of work done in the same time. So each has its end as a mark
 * on the common scale of work done (virtual time, as in Parekh and Gallager 1993), and an event
 * costs O(log n) however many run.
 *
 * <p>Refusals come first: their work, while no core is idle, holds up all the other work.
 */
final class Cpu implements CpuClock {
  private final EventQueue events;
  private final int workers;
  private final int fullCores;
  private final Consumer<Visit> onStart;
  private final Consumer<Visit> onDone;
  private final Heap<Visit> running = new Heap<>();
  private final Heap.Entry<Runnable> check = EventQueue.event(this::complete);

  private @Nullable Visit firstQueued;
  private @Nullable Visit lastQueued;

  private double cores;
  private long toldNanos;

  /** Nanoseconds of work that every worker busy since it was last 0 has done. */
  private double done;

  /** Core-nanoseconds of refusals not yet worked off. */
  private double owed;

  private double busyNanos;

  Cpu(EventQueue events, int cores, int workers, Consumer<Visit> onStart, Consumer<Visit> onDone) {
    this.events = events;
    this.fullCores = cores;
    this.cores = cores;
    this.workers = workers;
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

  /** A refusal takes so much CPU; returns how long after now it will be done. */
  double refuse(double nanos) {
    advance();
    if (running.size() < cores) {
      busyNanos += nanos;
      return nanos;
    }
    owed += nanos;
    return owed / cores;
  }

  /** From now on there are so many cores, zero for a stall. */
  void cores(double now) {
    advance();
    cores = now;
    plan();
  }

  double cores() {
    return cores;
  }

  @Override
  public long cpuNanos() {
    advance();
    return (long) busyNanos;
  }

  @Override
  public int cpus() {
    return fullCores;
  }

  private void start(Visit visit) {
    onStart.accept(visit);
    // Doubles above zero are in the order of their bits.
    running.put(visit.finish, Double.doubleToRawLongBits(done + visit.workNanos));
  }

  private void complete() {
    advance();
    while (running.size() > 0 && end() <= done) {
      Visit visit = running.poll();
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

  /** The mark at which the first of those that run ends. */
  private double end() {
    return Double.longBitsToDouble(running.leastKey());
  }

  private void advance() {
    double elapsed = events.nanos() - toldNanos;
    toldNanos = events.nanos();
    if (elapsed == 0 || cores == 0) {
      return;
    }
    double refusing = Math.min(elapsed, owed / cores);
    owed = refusing == elapsed ? owed - refusing * cores : 0;
    busyNanos += refusing * cores;
    int n = running.size();
    if (n > 0) {
      double working = elapsed - refusing;
      done += working * Math.min(1, cores / n);
      busyNanos += working * Math.min(cores, n);
    }
  }

  /**
   * Looks again when the next one ends if nothing changes. What only comes later because of an
   * arrival or a refusal is found out then.
   */
  private void plan() {
    if (running.size() == 0 || cores == 0) {
      return;
    }
    double left = Math.max(0, end() - done) / Math.min(1, cores / running.size());
    long at = events.nanos() + (long) Math.ceil(left + owed / cores);
    if (!check.queued() || at < check.key()) {
      events.at(check, at);
    }
  }
}
