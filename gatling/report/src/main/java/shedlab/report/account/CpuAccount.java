package shedlab.report.account;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shedlab.report.raw.ServerCsv;

/**
 * Where the CPU time of a server's CPUs went, from the first sample of a window to the last.
 *
 * @param shares of all uses that are told apart; they add up to 1
 */
public record CpuAccount(Map<CpuUse, Double> shares) {
  private static final String PROCESS = "cpu_micros";
  private static final String TASKS = "task_cpu_micros";
  private static final String WORKERS = "worker_cpu_micros";
  private static final String IO = "io_cpu_micros";
  private static final String JIT = "jit_cpu_micros";
  private static final String GC = "gc_cpu_micros";

  /** Workers that used less than this share of the tasks' time did not do the tasks. */
  private static final double WORKERS_DID_THEM = 0.5;

  /**
   * The account of a window.
   *
   * @param window the samples in it
   * @param cpus of the server
   * @param stolen the share of its CPU time that the hypervisor took; NaN if nobody knows
   * @return empty if the samples do not tell the CPU time of the process and of its tasks
   */
  public static Optional<CpuAccount> of(ServerCsv window, int cpus, double stolen) {
    Double process = growth(window, PROCESS);
    Double tasks = growth(window, TASKS);
    double wall = wallMicros(window);
    if (process == null || tasks == null || wall <= 0) {
      return Optional.empty();
    }
    Map<CpuUse, Double> micros = new EnumMap<>(CpuUse.class);
    threads(micros, window, tasks, process);
    double told = sum(micros);
    micros.put(CpuUse.REST, Math.max(0, process - told));
    // The kernel counts the time of a process in larger steps than that of its threads.
    double used = Math.max(process, told);
    double all = Math.max(wall * cpus, used);
    if (Double.isFinite(stolen)) {
      micros.put(CpuUse.STOLEN, Math.min(stolen * all, all - used));
    }
    micros.put(CpuUse.IDLE, all - sum(micros));
    micros.replaceAll((use, time) -> time / all);
    return Optional.of(new CpuAccount(Collections.unmodifiableMap(micros)));
  }

  /** The uses that the samples tell apart. */
  private static void threads(
      Map<CpuUse, Double> micros, ServerCsv window, double tasks, double process) {
    Double workers = growth(window, WORKERS);
    Double io = growth(window, IO);
    if (workers == null || io == null) {
      micros.put(CpuUse.TASKS, Math.min(tasks, process));
    } else {
      boolean onWorkers = workers >= WORKERS_DID_THEM * tasks;
      // A task counts when it ends, so a window may have a little more of them than of the threads.
      double done = Math.min(tasks, onWorkers ? workers : workers + io);
      double ofIo = onWorkers ? io : workers + io - done;
      double refused = refusedPart(window);
      micros.put(CpuUse.TASKS, done);
      micros.put(CpuUse.WORKERS, onWorkers ? workers - done : 0.0);
      micros.put(CpuUse.REFUSED, refused * ofIo);
      micros.put(CpuUse.SERVED, (1 - refused) * ofIo);
    }
    put(micros, CpuUse.JIT, growth(window, JIT));
    put(micros, CpuUse.GC, growth(window, GC));
  }

  private static void put(Map<CpuUse, Double> micros, CpuUse use, @Nullable Double time) {
    if (time != null) {
      micros.put(use, time);
    }
  }

  /** The refused requests as a part of all that came. */
  private static double refusedPart(ServerCsv window) {
    List<ServerCsv.Row> rows = window.rows();
    ServerCsv.Row first = rows.get(0);
    ServerCsv.Row last = rows.get(rows.size() - 1);
    double received = last.received() - first.received();
    // One that waited may be refused later than it came.
    return received == 0 ? 0 : Math.min(1, (last.shed() - first.shed()) / received);
  }

  private static double sum(Map<CpuUse, Double> micros) {
    return micros.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double wallMicros(ServerCsv window) {
    List<ServerCsv.Row> rows = window.rows();
    return rows.size() < 2
        ? 0
        : rows.get(rows.size() - 1).epochMicros() - rows.get(0).epochMicros();
  }

  /** How much a total grew; null if it is not told at both ends. A thread that ends takes its. */
  private static @Nullable Double growth(ServerCsv window, String column) {
    int at = window.columns().indexOf(column);
    List<ServerCsv.Row> rows = window.rows();
    if (at < 0 || rows.isEmpty()) {
      return null;
    }
    String first = rows.get(0).fields().get(at);
    String last = rows.get(rows.size() - 1).fields().get(at);
    return first.isEmpty() || last.isEmpty()
        ? null
        : Double.valueOf(Math.max(0, Double.parseDouble(last) - Double.parseDouble(first)));
  }

  /** A share; NaN if it is not told apart. */
  public double share(CpuUse use) {
    return shares.getOrDefault(use, Double.NaN);
  }

  /** The same with fewer uses told apart: those of the process join its rest, steal is idle. */
  public CpuAccount telling(Set<CpuUse> uses) {
    Map<CpuUse, Double> fewer = new EnumMap<>(CpuUse.class);
    shares.forEach(
        (use, share) -> {
          CpuUse with = use == CpuUse.STOLEN ? CpuUse.IDLE : CpuUse.REST;
          fewer.merge(uses.contains(use) ? use : with, share, Double::sum);
        });
    return new CpuAccount(Collections.unmodifiableMap(fewer));
  }
}
