package shedlab.simulation.model;

import java.time.Duration;
import shedlab.retry.RetryAfter;
import shedlab.spec.SpecException;

/**
 * A simulated server.
 *
 * @param cores number of CPU cores
 * @param workers how many admitted requests share the cores; the other admitted requests wait for a
 *     worker. As many as cores: first in first out. {@link #UNBOUNDED}: processor sharing
 * @param unitNanos how long one unit of work takes on an idle core
 * @param rejectCost CPU time of a refusal, which is done before other work. Ending a request that
 *     its client has given up is free
 * @param retryAfter what a refusal asks its client to wait
 * @param tick time from one heartbeat of the gate to the next
 * @param host what else its program does
 */
public record ServerModel(
    int cores,
    int workers,
    double unitNanos,
    Duration rejectCost,
    RetryAfter retryAfter,
    Duration tick,
    HostModel host) {
  /** As many workers as there are admitted requests. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** Throws {@link SpecException} for an impossible value. */
  public ServerModel {
    SpecException.check(cores >= 1, "cores", cores, "a whole number from 1");
    SpecException.check(workers >= 1, "workers", workers, "a whole number from 1");
    SpecException.check(
        unitNanos > 0 && unitNanos < 1e12, "unitNanos", unitNanos, "above 0 and below 1E12");
    SpecException.check(!rejectCost.isNegative(), "rejectCost", rejectCost, "zero or more");
    SpecException.check(tick.toNanos() > 0, "tick", tick, "above zero");
  }

  /** A pool of one worker per core, units of a microsecond, free refusals, a heartbeat of 5 ms. */
  public static ServerModel of(int cores) {
    return new ServerModel(
        cores,
        cores,
        1_000,
        Duration.ZERO,
        new RetryAfter(1),
        Duration.ofMillis(5),
        HostModel.IDEAL);
  }

  /** The same with this number of workers. */
  public ServerModel withWorkers(int count) {
    return new ServerModel(cores, count, unitNanos, rejectCost, retryAfter, tick, host);
  }

  /** The same with time-sliced threads, one per admitted request. */
  public ServerModel processorSharing() {
    return withWorkers(UNBOUNDED);
  }

  /** The same with units of this length. */
  public ServerModel withUnitNanos(double nanos) {
    return new ServerModel(cores, workers, nanos, rejectCost, retryAfter, tick, host);
  }

  /** The same with refusals that cost this CPU time. */
  public ServerModel withRejectCost(Duration cost) {
    return new ServerModel(cores, workers, unitNanos, cost, retryAfter, tick, host);
  }

  /** The same with refusals that say this. */
  public ServerModel withRetryAfter(RetryAfter said) {
    return new ServerModel(cores, workers, unitNanos, rejectCost, said, tick, host);
  }

  /** The same in a program that also does this. */
  public ServerModel withHost(HostModel program) {
    return new ServerModel(cores, workers, unitNanos, rejectCost, retryAfter, tick, program);
  }

  /** How many of so many cores requests can keep busy: a worker that waits for I/O uses none. */
  public double usable(double coresLeft) {
    return host.io() == 0 ? coresLeft : Math.min(coresLeft, workers * (1 - host.io()));
  }

  /** The capacity (1x): requests of this mean size that it can complete per second. */
  public double capacityPerSecond(int meanUnits) {
    return cores * 1e9 / (meanUnits * unitNanos);
  }
}
