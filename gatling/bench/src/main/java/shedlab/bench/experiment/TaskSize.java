package shedlab.bench.experiment;

import java.time.Duration;
import shedlab.task.CpuTask;

/**
 * How many units of work take a given CPU time on one core of this machine. Measured once, before a
 * run, unless the experiment names the units itself; from then on the work is fixed.
 */
final class TaskSize {
  private static final int PROBE_UNITS = 1_000;

  private TaskSize() {}

  /** Units of a task, rounded to two digits so that the same machine gives the same size. */
  static int units(Duration task) {
    double units = task.toNanos() / unitNanos();
    double digit = Math.pow(10, Math.floor(Math.log10(units)) - 1);
    return (int) Math.max(1, Math.min(CpuTask.MAX_UNITS, Math.round(units / digit) * digit));
  }

  /** What so many units take, about. */
  static double seconds(int units) {
    return units * unitNanos() / 1e9;
  }

  private static double unitNanos() {
    long checksum = 0;
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 300; i++) {
      long start = System.nanoTime();
      checksum += CpuTask.run(PROBE_UNITS);
      best = Math.min(best, System.nanoTime() - start);
    }
    if (checksum == 0) { // never: it keeps the work alive
      throw new IllegalStateException("the task did nothing");
    }
    return (double) best / PROBE_UNITS;
  }
}
