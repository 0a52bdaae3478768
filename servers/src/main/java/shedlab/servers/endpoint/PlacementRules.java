package shedlab.servers.endpoint;

import org.jspecify.annotations.Nullable;
import shedlab.admission.Admission;
import shedlab.servers.host.Placement;
import shedlab.servers.host.Placement.GateOn;
import shedlab.servers.host.Placement.TaskOn;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.threads.CallingThread;
import shedlab.servers.threads.CpuSet;
import shedlab.servers.threads.Tasks;
import shedlab.servers.threads.VirtualThreads;
import shedlab.servers.threads.Workers;

/** Which placements are possible, under a strategy and on this machine, and their threads. */
final class PlacementRules {
  private static final int MOST_POOL_THREADS = 1_024;

  private PlacementRules() {}

  /** Throws {@link IllegalArgumentException} {@code key: value (expected: rule)} if it is not. */
  static void require(Placement placement, Admission gate) {
    boolean nativeLimit = gate instanceof NativeLimit;
    if (nativeLimit && placement.gateOn() != GateOn.IO) {
      throw new IllegalArgumentException(
          WorkQuery.problem(
              "gate-on", Endpoint.word(placement.gateOn()), "io; native decides there"));
    }
    if (nativeLimit && placement.taskOn() == TaskOn.IO) {
      throw new IllegalArgumentException(
          WorkQuery.problem("task-on", "io", "workers or virtual; native ends waits elsewhere"));
    }
    if (placement.gateOn() == GateOn.POOL && gate.limit() > MOST_POOL_THREADS) {
      throw new IllegalArgumentException(
          WorkQuery.problem(
              "gate-on",
              "pool",
              "a limit of at most " + MOST_POOL_THREADS + " threads; this one is " + gate.limit()));
    }
  }

  /** The CPUs of this process, of which one is to be the I/O threads' own. */
  static CpuSet several() {
    CpuSet cpus = CpuSet.current();
    if (cpus.size() < 2) {
      throw new IllegalArgumentException(
          WorkQuery.problem("io-cpu", "own", "2 CPUs or more; this process has " + cpus.size()));
    }
    return cpus;
  }

  /**
   * The threads that do the work, not started.
   *
   * @param limit of the gate: as many workers as that if the gate decides behind their queue
   * @param cpus null if they may use every CPU; else they leave the first to the I/O threads
   */
  static Tasks workers(ServerConfig config, int limit, @Nullable CpuSet cpus) {
    ServerConfig.Threads threads = config.threads();
    return switch (config.placement().taskOn()) {
      case WORKERS ->
          new Workers(
              config.placement().gateOn() == GateOn.POOL ? limit : threads.workers(),
              threads.worker(),
              cpus == null ? null : cpus.others());
      case IO -> new CallingThread();
      case VIRTUAL -> new VirtualThreads();
    };
  }
}
