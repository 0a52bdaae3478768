package shedlab.admission;

/**
 * How much CPU time the host has used, and how much it could not have, for policies that watch it.
 * A policy takes the differences over a period of its own choice: {@code load = used / (elapsed *
 * cpus - denied)}. So the load is 1 when the host has got all that it could get, also under a quota
 * or beside a busy neighbour.
 *
 * <p>Thread-safe. A reading may cost system calls; take one per period, not per request.
 */
public interface CpuClock {
  /**
   * For a host that does not tell its CPU time. A gate with a policy that {@link Signal#CPU needs}
   * it refuses to be built with this one.
   */
  CpuClock NONE =
      new CpuClock() {
        @Override
        public long cpuNanos() {
          throw notTold();
        }

        @Override
        public long deniedNanos() {
          throw notTold();
        }

        @Override
        public int cpus() {
          throw notTold();
        }

        private UnsupportedOperationException notTold() {
          return new UnsupportedOperationException("this host does not tell its CPU time");
        }
      };

  /** CPU time used since some fixed moment, all cores together. Never goes back. */
  long cpuNanos();

  /**
   * CPU time of these cores that the host could not have since some fixed moment, because others
   * took it or a quota held it back. Never goes back. Zero if the cores are the host's alone.
   */
  long deniedNanos();

  /** How many cores it may run on. */
  int cpus();
}
