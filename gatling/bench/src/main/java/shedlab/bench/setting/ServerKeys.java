package shedlab.bench.setting;

import static shedlab.bench.setting.Setting.NeededBy.SERVER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import shedlab.retry.RetryAfter;
import shedlab.spec.Parameter;

/**
 * The keys that a server's process acts on: it is started with each as an option of the same name.
 */
public final class ServerKeys {
  public static final Setting<OptionalInt> IO_THREADS =
      Setting.of("io-threads", "a whole number from 1 to 64, or auto", ServerKeys::threads)
          .means("I/O threads of the server; `auto` is one for every four of its CPUs.")
          .or("auto")
          .inCell(SERVER);

  public static final Setting<Integer> WORKER_NICE =
      Setting.of(Parameter.integer("worker-nice", "", 0, 20))
          .means("The workers' nice value; 20 is SCHED_IDLE.")
          .or("10")
          .inCell(SERVER);

  public static final Setting<Placement.WorkerPolicy> WORKER_POLICY =
      Setting.choice("worker-policy", Placement.WorkerPolicy.class)
          .means("The workers' scheduling policy; SCHED_BATCH never preempts when it wakes.")
          .or("other")
          .inCell(SERVER);

  public static final Setting<Optional<Duration>> WORKER_SLICE =
      slice("worker-slice", "The workers' time slice, on Linux 6.12 or later.");

  public static final Setting<Integer> COMPILER_NICE =
      Setting.of(Parameter.integer("compiler-nice", "", 0, 20))
          .means("The nice value of the JVM's compiler threads; 20 is SCHED_IDLE.")
          .or("10")
          .inCell(SERVER);

  public static final Setting<Integer> IO_NICE =
      Setting.of(Parameter.integer("io-nice", "", -20, 19))
          .means("The I/O threads' nice value.")
          .or("0")
          .inCell(SERVER);

  public static final Setting<Optional<Duration>> IO_SLICE =
      slice("io-slice", "The I/O threads' time slice, on Linux 6.12 or later.");

  public static final Setting<Placement.IoCpu> IO_CPU =
      Setting.choice("io-cpu", Placement.IoCpu.class)
          .means("Whether I/O threads share the workers' CPUs or have one to themselves.")
          .or("shared")
          .inCell(SERVER);

  public static final Setting<Placement.TaskOn> TASK_ON =
      Setting.choice("task-on", Placement.TaskOn.class)
          .means("Where a task runs: on a worker, on the I/O thread or on a virtual thread.")
          .or("workers")
          .inCell(SERVER);

  public static final Setting<Placement.GateOn> GATE_ON =
      Setting.choice("gate-on", Placement.GateOn.class)
          .means("Where the gate decides: on the I/O thread, on a worker or in a pool before it.")
          .or("io")
          .inCell(SERVER);

  public static final Setting<RetryAfter> RETRY_AFTER =
      Setting.of(RetryAfter.parameter("retry-after", ""))
          .means(
              "What a 429 tells its client to wait: a constant, or the time that the gate needs for what it has.")
          .or("1")
          .inCell(SERVER);

  private static OptionalInt threads(String text) {
    return text.equals("auto")
        ? OptionalInt.empty()
        : OptionalInt.of(Parameter.integer("io-threads", "", 1, 64).read(text));
  }

  /** Every one of them. */
  static final List<Setting<?>> ALL =
      List.of(
          IO_THREADS,
          WORKER_NICE,
          WORKER_POLICY,
          WORKER_SLICE,
          COMPILER_NICE,
          IO_NICE,
          IO_SLICE,
          IO_CPU,
          TASK_ON,
          GATE_ON,
          RETRY_AFTER);

  private ServerKeys() {}

  /** What the kernel takes, or its own. */
  private static Setting<Optional<Duration>> slice(String key, String meaning) {
    Setting<Duration> some =
        Reading.within(
            key, Duration.ofNanos(100_000), Duration.ofMillis(100), Duration.ofNanos(1_000));
    return Setting.of(key, some.rule() + ", or none", Reading.optional(some.read()))
        .means(meaning)
        .or(Schema.NONE)
        .inCell(SERVER);
  }
}
