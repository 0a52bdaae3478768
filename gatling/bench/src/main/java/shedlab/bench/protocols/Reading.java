package shedlab.bench.protocols;

/**
 * What was read on both sides of a load.
 *
 * @param tally of the clients
 * @param counted refusals by the server's own counters; of a 200 outside of the gate, which the
 *     server does not count, the answers that the clients count
 * @param cpuSeconds that the server's process used
 * @param problem why the row is not to be believed; empty if nothing speaks against it
 */
record Reading(Tally tally, long counted, double cpuSeconds, String problem) {
  boolean valid() {
    return problem.isEmpty();
  }

  double perSecond() {
    return tally.ended() / tally.seconds();
  }

  double cpuMicros() {
    return 1e6 * cpuSeconds / counted;
  }

  double perCpuSecond() {
    return counted / cpuSeconds;
  }

  /** How much of a CPU the server had. */
  double busy() {
    return cpuSeconds / tally.seconds();
  }

  /** The share of the connections that were closed before anything was answered. */
  double closedShare() {
    return (double) tally.closed() / tally.ended();
  }
}
