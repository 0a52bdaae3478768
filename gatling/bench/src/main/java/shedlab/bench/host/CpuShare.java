package shedlab.bench.host;

import shedlab.spec.SpecException;

/**
 * How much of its CPUs a server may have.
 *
 * @param share from 0.2 to 1
 */
public record CpuShare(double share) {
  /** A control group's period: short, so that a server without quota stands still only shortly. */
  public static final long PERIOD_MICROS = 10_000;

  private static final double LEAST = 0.2;
  private static final long NO_QUOTA = -1;

  /**
   * Checks the range. Below it, a neighbour of equal priority cannot take enough, and a quota comes
   * near the kernel's least, 1 ms.
   *
   * @throws SpecException if it is out of range
   */
  public CpuShare {
    if (!(share >= LEAST && share <= 1)) {
      throw new SpecException("cpu-share", share, "a number from " + LEAST + " to 1");
    }
  }

  /** Whether that is everything. */
  public boolean whole() {
    return share == 1;
  }

  /** CPU time in each period of a control group with so many CPUs. */
  public long quotaMicros(int cpus) {
    return whole() ? NO_QUOTA : Math.round(PERIOD_MICROS * share * cpus);
  }

  /** How many cores' worth of CPU time a neighbour has to take. */
  public double taken(int cpus) {
    return (1 - share) * cpus;
  }
}
