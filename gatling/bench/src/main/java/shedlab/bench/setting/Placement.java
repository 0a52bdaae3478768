package shedlab.bench.setting;

/** Which threads and CPUs of a server do what. */
public final class Placement {
  private Placement() {}

  /** Where a task runs. */
  public enum TaskOn {
    WORKERS,
    IO,
    VIRTUAL
  }

  /** Where the gate decides. */
  public enum GateOn {
    IO,
    WORKERS,
    POOL
  }

  /** Whether workers preempt others when they wake. */
  public enum WorkerPolicy {
    OTHER,
    BATCH
  }

  /** Whether I/O threads have a CPU to themselves. */
  public enum IoCpu {
    SHARED,
    OWN
  }
}
