package shedlab.servers.host;

import java.util.Locale;
import shedlab.servers.threads.Scheduling;
import shedlab.spec.SpecException;

/**
 * On which threads the gate decides and the task runs, and what the I/O threads get of the CPUs.
 * The usual: the gate decides on the I/O thread before any hand-off, the task runs on a worker.
 *
 * @param taskOn where the task runs
 * @param gateOn where the gate decides
 * @param io how the I/O threads and the thread that hands replies to them are scheduled; a nice
 *     value below 0 takes the capability CAP_SYS_NICE
 * @param ioCpu whether those threads have a CPU of their own
 */
public record Placement(TaskOn taskOn, GateOn gateOn, Scheduling io, IoCpu ioCpu) {
  /** Where the task runs. */
  public enum TaskOn {
    /** On a fixed pool of threads of low priority. */
    WORKERS,
    /** On the I/O thread, which meanwhile reads nothing: the classic mistake. */
    IO,
    /** On a virtual thread for each request; JDK 21 or later. */
    VIRTUAL;

    /** As options and results write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where the gate decides. */
  public enum GateOn {
    /** On the I/O thread that parsed the request. */
    IO,
    /** On the thread that would do the task: behind the hand-off, whose queue has no bound. */
    WORKERS,
    /** The same, with as many workers as the limit is at the start. */
    POOL;

    /** As options and results write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which CPUs the I/O threads run on. */
  public enum IoCpu {
    /** All that the process has, as the workers do. */
    SHARED,
    /** The first of them; the workers run on the others. */
    OWN;

    /** As options and results write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The usual placement. */
  public static final Placement USUAL =
      new Placement(TaskOn.WORKERS, GateOn.IO, Scheduling.NORMAL, IoCpu.SHARED);

  /**
   * Checks that the parts go together.
   *
   * @throws IllegalArgumentException {@code key: value (expected: rule)}
   */
  public Placement {
    if (taskOn == TaskOn.IO && gateOn != GateOn.IO) {
      throw refused("gate-on", gateOn, "io; with task-on io nothing is handed off");
    }
    if (taskOn == TaskOn.VIRTUAL && gateOn == GateOn.POOL) {
      throw refused("gate-on", gateOn, "io or workers; with task-on virtual there is no pool");
    }
    if (taskOn != TaskOn.WORKERS && ioCpu == IoCpu.OWN) {
      throw refused("io-cpu", ioCpu, "shared; only workers can be kept off the I/O threads' CPU");
    }
  }

  private static IllegalArgumentException refused(String key, Enum<?> value, String rule) {
    return new SpecException(key, value, rule);
  }
}
