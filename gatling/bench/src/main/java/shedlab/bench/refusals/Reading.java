package shedlab.bench.refusals;

import shedlab.bench.refusals.Generator.Count;

/**
 * What was read on both sides of a load.
 *
 * @param count the load generator's
 * @param counted answers of that kind by the server's own counters; for a 200 outside of the gate,
 *     which the server does not count, those of the load generator
 * @param cpuSeconds that the server's process used, that of the task which holds the permit left
 *     out
 * @param allocatedBytes on the heap of a JVM; NaN for another server
 * @param problem why the row is not to be believed; empty if nothing speaks against it
 */
record Reading(
    Count count, long counted, double cpuSeconds, double allocatedBytes, String problem) {
  boolean valid() {
    return problem.isEmpty();
  }

  double perSecond() {
    return count.answers() / count.seconds();
  }

  double cpuMicros() {
    return 1e6 * cpuSeconds / counted;
  }

  double perCpuSecond() {
    return counted / cpuSeconds;
  }

  double bytes() {
    return allocatedBytes / counted;
  }

  /** How much of a CPU the server had. */
  double busy() {
    return cpuSeconds / count.seconds();
  }
}
