package shedlab.admission;

/**
 * How much CPU time the host has used, for policies that watch it. A policy takes the difference
 * over a period of its own choice: {@code load = used / (elapsed * cpus)}.
 *
 * <p>Thread-safe. A reading may cost a system call; take one per period, not per request.
 */
public interface CpuClock {
  /** For a host that does not measure CPU time: its load is always 0. */
  CpuClock NONE =
      new CpuClock() {
        @Override
        public long cpuNanos() {
          return 0;
        }

        @Override
        public int cpus() {
          return 1;
        }
      };

  /** CPU time used since some fixed moment, all cores together. Never goes back. */
  long cpuNanos();

  /** How many cores it may use. */
  int cpus();
}
