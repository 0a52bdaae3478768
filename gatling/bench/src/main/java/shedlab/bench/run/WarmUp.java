package shedlab.bench.run;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shedlab.bench.control.ServerControl;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.WorkAddress;

/**
 * Warms one server: past its strategy, which might refuse all of it, until a task runs at full
 * speed, then the code of the strategy.
 */
final class WarmUp {
  /** A task that costs less than so much more CPU than calibrated is fast. */
  private static final double FAST = 1.15;

  private static final int MOST_TIMES = 5;

  /** How long the tasks of one measurement take together. */
  private static final double PROBE_SECONDS = 0.02;

  private static final int FEW_UNITS = 1_000;

  private final Jobs jobs;
  private final ServerControl probe;
  private final @Nullable Capacity capacity;
  private final Consumer<List<LoadJob>> loads;
  private final Progress progress;
  private final int taskUnits;
  private final int cpus;
  private final double taskSeconds;

  /**
   * Of a server whose strategy is off.
   *
   * @param capacity of the server; null if it is to be measured now
   * @param loads runs some on the server and returns when it is idle again
   */
  WarmUp(
      Jobs jobs,
      ServerControl probe,
      @Nullable Capacity capacity,
      Consumer<List<LoadJob>> loads,
      Progress progress,
      int taskUnits,
      int cpus) {
    this.jobs = jobs;
    this.probe = probe;
    this.loads = loads;
    this.progress = progress;
    this.taskUnits = taskUnits;
    this.cpus = cpus;
    this.capacity = capacity;
    this.taskSeconds = capacity == null ? measured() : cpus / capacity.perSecond();
  }

  /** As far as a server tells that is cold. */
  private double measured() {
    int units = Math.min(taskUnits, FEW_UNITS);
    return probe.serviceSeconds(units) * taskUnits / units;
  }

  /**
   * Warms it while its strategy is off. If the task is still slow after a few more loads, the check
   * of each cell says so.
   */
  void pastStrategy(WorkAddress server, String variant) {
    List<LoadJob> first = jobs.warmUp(server, variant, taskSeconds, cpus);
    if (first.isEmpty()) {
      return; // cold on purpose
    }
    loads.accept(first);
    Double now = unitCpuNanos();
    Double wanted = capacity == null ? now : capacity.unitCpuNanos();
    for (int i = 0; i < MOST_TIMES && now != null && wanted != null; i++) {
      if (capacity == null) { // nothing to hold it against but itself
        Double again = unitCpuNanos();
        wanted = again == null ? now : again;
      }
      if (now <= FAST * wanted) {
        return;
      }
      progress.phase(
          String.format(
              Locale.ROOT, "not warm: %.2f times the CPU of a task, again", now / wanted));
      loads.accept(jobs.moreWarmUp(server, variant, taskSeconds, cpus));
      now = unitCpuNanos();
    }
  }

  /** Warms the load generator, on a server that is warm and whose strategy is off. */
  void injector(WorkAddress server) {
    loads.accept(jobs.injectorWarmUp(server, this::warmTaskSeconds, cpus));
  }

  private double warmTaskSeconds() {
    Double unit = unitCpuNanos();
    return unit == null ? taskSeconds : unit * taskUnits / 1e9;
  }

  /**
   * Warms the code of an overload, under a strategy that has a queue, or under that of a target;
   * then nothing is compiled.
   */
  void overload(WorkAddress server, String variant, String own) {
    List<LoadJob> load = jobs.overloadWarmUp(server, variant, taskSeconds, cpus);
    if (load.isEmpty()) {
      return;
    }
    if (probe.takesStrategies()) {
      probe.exchange("fixed:limit=" + cpus + "+fifo:capacity=64,timeout=20ms");
    }
    loads.accept(load);
    probe.awaitQuiet();
    if (probe.takesStrategies()) {
      probe.exchange(own);
    }
  }

  /** Warms the code of its strategy, which is on. */
  void strategy(WorkAddress server, String variant) {
    loads.accept(jobs.strategyWarmUp(server, variant, taskSeconds, cpus));
  }

  private @Nullable Double unitCpuNanos() {
    double ofTask = Math.min(1, PROBE_SECONDS / taskSeconds);
    int units = (int) Math.max(1, taskUnits * ofTask);
    int tasks = (int) Math.max(1, Math.min(20, PROBE_SECONDS / (taskSeconds * ofTask)));
    return probe.unitCpuNanos(units, tasks);
  }
}
