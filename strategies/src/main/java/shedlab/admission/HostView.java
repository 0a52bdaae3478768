package shedlab.admission;

import java.util.Set;

/**
 * What a host tells policies of its CPUs. A policy takes the differences over a period of its own
 * choice: {@code load = used / (elapsed * cpus - denied)}. So the load is 1 when the host has got
 * all that it could get, also under a quota or beside a busy neighbour.
 *
 * <p>What a host knows of a single request it tells with that request: see {@link Admission#start}
 * and {@link Ticket#usedCpu}.
 *
 * <p>Thread-safe. A reading may cost system calls; take one per period, not per request.
 */
public interface HostView {
  /** How many of the last wake-ups {@link #lateNanos} knows. */
  int WAKE_UPS = 1_024;

  /** For how long the thread sleeps whose wake-ups are told. */
  long SLEEP_NANOS = 1_000_000;

  /**
   * For a host that tells nothing. A gate with a policer that {@link Policer#needs} something of
   * its host refuses to be built with this one.
   */
  HostView NONE =
      new HostView() {
        @Override
        public Set<Signal> tells() {
          return Set.of();
        }

        @Override
        public long cpuNanos() {
          throw new UnsupportedOperationException(Signal.CPU.toString());
        }

        @Override
        public long deniedNanos() {
          throw new UnsupportedOperationException(Signal.CPU.toString());
        }

        @Override
        public int cpus() {
          throw new UnsupportedOperationException(Signal.CPU.toString());
        }
      };

  /**
   * What it tells, here or with each request; always the same. What is not in it must not be asked
   * for.
   */
  default Set<Signal> tells() {
    return Set.of(Signal.CPU);
  }

  /** CPU time used since some fixed moment, all cores together. Never goes back. */
  long cpuNanos();

  /**
   * CPU time of these cores that the host could not have since some fixed moment, because others
   * took it or a quota held it back. Never goes back. Zero if the cores are the host's alone.
   */
  long deniedNanos();

  /** How many cores it may run on. */
  int cpus();

  /**
   * How many times a thread of the host has woken so far that only sleeps, again and again for
   * {@link #SLEEP_NANOS}, at the priority of the threads that do the work. Never goes back.
   */
  default long wakeUps() {
    throw new UnsupportedOperationException(Signal.WAKE_UPS.toString());
  }

  /**
   * How late that thread woke: the time for which it was ready to run and had no core.
   *
   * @param wakeUp which one, counted from 0: one of the last {@link #WAKE_UPS}
   */
  default long lateNanos(long wakeUp) {
    throw new UnsupportedOperationException(Signal.WAKE_UPS.toString());
  }
}
