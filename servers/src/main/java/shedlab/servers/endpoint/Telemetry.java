package shedlab.servers.endpoint;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import shedlab.admission.GateStats;
import shedlab.admission.Shed;
import shedlab.servers.threads.CpuByRole;
import shedlab.servers.threads.CpuByRole.Role;
import shedlab.servers.threads.Tasks;

/**
 * Readings of the gate, the workers and the process, in two formats: rows by one thread at a time,
 * the other by any.
 */
final class Telemetry {
  static final String CSV_HEADER =
      "epoch_micros,limit,inflight,waiting,admitted,completed,shed_limit,shed_full,shed_expired,"
          + "shed_abandoned,shed_policed,worker_queue,cpu_micros,gc_micros,received,shed,"
          + "throttled_periods,throttled_micros,task_cpu_micros,task_units,worker_cpu_micros,"
          + "io_cpu_micros,jit_cpu_micros,gc_cpu_micros";

  /** In the order of the last columns. */
  private static final List<Role> CSV_ROLES = List.of(Role.WORKER, Role.IO, Role.JIT, Role.GC);

  private static final List<Shed> CSV_REASONS =
      List.of(Shed.LIMIT, Shed.FULL, Shed.EXPIRED, Shed.ABANDONED, Shed.POLICED);

  private final ResettableGate gate;
  private final Tasks workers;
  private final LongAdder received;
  private final LongAdder completed;
  private final LongAdder refused;
  private final TaskCpu taskCpu;
  private final com.sun.management.OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final Throttling throttling = Throttling.ofThisProcess();
  private final CpuByRole cpuByRole = CpuByRole.ofThisProcess();
  private final long anchorNanos = System.nanoTime();
  private final long anchorMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

  Telemetry(
      ResettableGate gate,
      Tasks workers,
      LongAdder received,
      LongAdder completed,
      LongAdder refused,
      TaskCpu taskCpu) {
    this.gate = gate;
    this.workers = workers;
    this.received = received;
    this.completed = completed;
    this.refused = refused;
    this.taskCpu = taskCpu;
  }

  /**
   * Wall-clock microseconds that never go backwards: read once at start, continued by the monotonic
   * clock.
   */
  private long epochMicros(long nowNanos) {
    return anchorMicros + (nowNanos - anchorNanos) / 1_000;
  }

  /**
   * One row under {@link #CSV_HEADER}; totals since start. What cannot be read is left empty. Not
   * thread-safe.
   */
  String csvRow(long nowNanos) {
    GateStats now = gate.stats();
    StringBuilder row = new StringBuilder(160);
    row.append(epochMicros(nowNanos))
        .append(',')
        .append(now.limit())
        .append(',')
        .append(now.inflight());
    row.append(',').append(now.waiting()).append(',').append(now.admitted());
    row.append(',').append(completed.sum());
    for (Shed reason : CSV_REASONS) {
      row.append(',').append(shed(now, reason));
    }
    row.append(',')
        .append(workers.queued())
        .append(',')
        .append(process.getProcessCpuTime() / 1_000);
    row.append(',').append(gcMillis() * 1_000);
    long shed = now.shedTotal();
    row.append(',').append(received.sum()).append(',').append(shed); // not below: read after
    Throttling.Reading throttled = throttling.read();
    row.append(',').append(throttled == null ? "" : throttled.periods());
    row.append(',').append(throttled == null ? "" : throttled.micros());
    TaskCpu.Reading tasks = taskCpu.read();
    row.append(',').append(tasks == null ? "" : tasks.nanos() / 1_000);
    row.append(',').append(tasks == null ? "" : tasks.units());
    Map<Role, Long> cpu = cpuByRole.read();
    for (Role role : CSV_ROLES) {
      row.append(',').append(cpu == null ? "" : cpu.getOrDefault(role, 0L) / 1_000);
    }
    return row.append('\n').toString();
  }

  /** Prometheus text format 0.0.4. */
  String prometheus() {
    GateStats now = gate.stats();
    StringBuilder text = new StringBuilder(2_048);
    add(
        text,
        "shedlab_epoch_micros",
        "gauge",
        "Time by the clock of the samples",
        epochMicros(System.nanoTime()));
    add(text, "shedlab_limit", "gauge", "How many may be in flight", now.limit());
    add(text, "shedlab_inflight", "gauge", "Admitted and not completed", now.inflight());
    add(text, "shedlab_waiting", "gauge", "In the backlog", now.waiting());
    add(
        text,
        "shedlab_received_total",
        "counter",
        "Requests that came to the gate",
        received.sum());
    add(text, "shedlab_admitted_total", "counter", "Requests admitted", now.admitted());
    add(text, "shedlab_completed_total", "counter", "Work ended", completed.sum());
    head(text, "shedlab_shed_total", "counter", "Requests shed, by reason");
    for (Shed reason : Shed.values()) {
      text.append("shedlab_shed_total{reason=\"").append(Endpoint.word(reason)).append("\"} ");
      text.append(shed(now, reason)).append('\n');
    }
    add(
        text,
        "shedlab_refused_draining_total",
        "counter",
        "Requests refused because of shutdown",
        refused.sum());
    add(text, "shedlab_worker_queue", "gauge", "Handed to workers, not begun", workers.queued());
    add(
        text,
        "shedlab_worker_nice",
        "gauge",
        "Nice value the workers have",
        workers.scheduling().nice());
    TaskCpu.Reading tasks = taskCpu.read();
    if (tasks != null) {
      head(text, "shedlab_task_cpu_seconds_total", "counter", "CPU time of the tasks that ended");
      seconds(text, "shedlab_task_cpu_seconds_total", tasks.nanos() / 1e9);
      add(text, "shedlab_task_units_total", "counter", "Units of those tasks", tasks.units());
    }
    head(text, "process_cpu_seconds_total", "counter", "CPU time of the process");
    seconds(text, "process_cpu_seconds_total", process.getProcessCpuTime() / 1e9);
    head(text, "jvm_gc_seconds_total", "counter", "Time in garbage collections");
    seconds(text, "jvm_gc_seconds_total", gcMillis() / 1e3);
    add(
        text,
        "jvm_allocated_bytes",
        "gauge",
        "Heap that the live threads have allocated so far, virtual threads left out",
        allocatedBytes());
    return text.toString();
  }

  private static void add(StringBuilder text, String name, String type, String help, long value) {
    head(text, name, type, help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void seconds(StringBuilder text, String name, double value) {
    text.append(String.format(Locale.ROOT, "%s %.6f\n", name, value));
  }

  private static long shed(GateStats now, Shed reason) {
    return now.shed().getOrDefault(reason, 0L);
  }

  /** The JVM's own total is known from 21 on. */
  private long allocatedBytes() {
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0) // -1: it has just ended
        .sum();
  }

  private long gcMillis() {
    return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
  }
}
