package shedlab.policer;

import shedlab.admission.CpuClock;

/**
 * The host's CPU use, 0 to 1, over periods that end with the first look after them, and its
 * exponential average over periods. If several have passed, the use over all of them counts once
 * for each.
 */
final class CpuLoad {
  private final long periodNanos;
  private final double keep;
  private boolean began;
  private long periodBeganNanos;
  private long cpuThenNanos;
  private double average;

  /** Each period leaves {@code keep} of the average before; 0 for the last period alone. */
  CpuLoad(long periodNanos, double keep) {
    this.periodNanos = periodNanos;
    this.keep = keep;
  }

  double at(long nowNanos, CpuClock cpu) {
    if (!began) {
      began = true;
      periodBeganNanos = nowNanos;
      cpuThenNanos = cpu.cpuNanos();
    }
    long periods = (nowNanos - periodBeganNanos) / periodNanos;
    if (periods > 0) {
      long cpuNow = cpu.cpuNanos();
      double elapsed = (double) (nowNanos - periodBeganNanos) * cpu.cpus();
      double load = Math.max(0, Math.min(1, (cpuNow - cpuThenNanos) / elapsed));
      average = load + (average - load) * power(keep, periods);
      cpuThenNanos = cpuNow;
      periodBeganNanos = nowNanos;
    }
    return average;
  }

  /** By squaring: the same on every JDK, and of StrictMath's the one on 17 allocates. */
  private static double power(double base, long exponent) {
    double result = 1;
    double square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      result *= (rest & 1) == 1 ? square : 1;
      square *= square;
    }
    return result;
  }
}
