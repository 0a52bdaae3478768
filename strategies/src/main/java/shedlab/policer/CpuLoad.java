package shedlab.policer;

import shedlab.admission.HostView;

/**
 * The host's CPU use as a share of what it could have, 0 to 1, over periods that end with the first
 * look after them, and its exponential average over periods. If several have passed, the use over
 * all of them counts once for each.
 */
final class CpuLoad {
  private final long periodNanos;
  private final double keep;
  private boolean began;
  private long periodBeganNanos;
  private long cpuThenNanos;
  private long deniedThenNanos;
  private double average;
  private boolean wasDenied;

  /** Each period leaves {@code keep} of the average before; 0 for the last period alone. */
  CpuLoad(long periodNanos, double keep) {
    this.periodNanos = periodNanos;
    this.keep = keep;
  }

  /** The average now. */
  double at(long nowNanos, HostView cpu) {
    look(nowNanos, cpu);
    return average;
  }

  /** True if a period has ended. */
  boolean look(long nowNanos, HostView cpu) {
    if (!began) {
      began = true;
      begin(nowNanos, cpu.cpuNanos(), cpu.deniedNanos());
    }
    long periods = (nowNanos - periodBeganNanos) / periodNanos;
    if (periods <= 0) {
      return false;
    }
    long used = cpu.cpuNanos();
    long denied = cpu.deniedNanos();
    double all = (double) (nowNanos - periodBeganNanos) * cpu.cpus();
    double available = all - (denied - deniedThenNanos);
    wasDenied = denied - deniedThenNanos > 0;
    double busy = used - cpuThenNanos;
    if (busy > 0 || available > 0) {
      double load = busy >= available ? 1 : Math.max(0, busy / available);
      average = load + (average - load) * power(keep, periods);
    }
    begin(nowNanos, used, denied);
    return true;
  }

  double average() {
    return average;
  }

  /** True if in the last period the host could not have all of its cores. */
  boolean wasDenied() {
    return wasDenied;
  }

  private void begin(long nowNanos, long usedNanos, long deniedNanos) {
    periodBeganNanos = nowNanos;
    cpuThenNanos = usedNanos;
    deniedThenNanos = deniedNanos;
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
