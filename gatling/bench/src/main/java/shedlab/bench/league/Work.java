package shedlab.bench.league;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import shedlab.bench.setting.Schema;
import shedlab.bench.simulation.SimulatedLoad;
import shedlab.simulation.model.CollectorModel;
import shedlab.simulation.model.CompilerModel;
import shedlab.simulation.model.Incident;

/**
 * How much work a simulated server can do at most from one time to another: incidents and pauses
 * taken into account, of incidents at the same time the worst; and a start with a compiler that
 * takes no time from requests and that nothing delays.
 */
final class Work {
  /** When the speed changes; ascending, from 0. */
  private final long[] changes;

  /** Nanoseconds of work in a nanosecond, from each change on. */
  private final double[] speeds;

  /** Nanoseconds of work until each change. */
  private final double[] done;

  private final CompilerModel compiler;

  private Work(long[] changes, double[] speeds, CompilerModel compiler) {
    this.compiler = compiler;
    this.changes = changes;
    this.speeds = speeds;
    this.done = new double[changes.length];
    for (int i = 1; i < changes.length; i++) {
      done[i] = done[i - 1] + onOneCore(changes[i - 1], changes[i]) * speeds[i - 1];
    }
  }

  /** Of all cores that are left. */
  static Work ofAllCores(SimulatedLoad load) {
    return of(load, left -> left * load.cores());
  }

  /** Of one core, as long as one is left. */
  static Work ofOneCore(SimulatedLoad load) {
    return of(load, left -> Math.min(1, left * load.cores()));
  }

  /**
   * Of all workers, each of which waits for I/O for a share of its time: on as many cores as they
   * can use, undisturbed and with everything compiled.
   */
  static Work ofAllWorkers(SimulatedLoad load) {
    double busy = load.server().workers() * (1 - load.host().io());
    return new Work(new long[] {0}, new double[] {busy}, CompilerModel.NONE);
  }

  private static Work of(SimulatedLoad load, DoubleUnaryOperator coresOfLeft) {
    List<Incident> incidents = load.incidents();
    CollectorModel collector = load.host().collector();
    long[] changes = changes(incidents, collector, end(load));
    double[] speeds = new double[changes.length];
    for (int i = 0; i < changes.length; i++) {
      speeds[i] = speed(incidents, collector, changes[i], coresOfLeft);
    }
    return new Work(changes, speeds, load.host().compiler());
  }

  /** Nanoseconds of work that can be done in this time. */
  double between(long from, long to) {
    return until(to) - until(from);
  }

  private double until(long nanos) {
    int found = Arrays.binarySearch(changes, nanos);
    int last = found < 0 ? -found - 2 : found;
    return done[last] + onOneCore(changes[last], nanos) * speeds[last];
  }

  /** Of a core at full speed, apart from what is not compiled yet. */
  private double onOneCore(long from, long to) {
    return compiler.mostWork((double) to) - compiler.mostWork((double) from);
  }

  private static double speed(
      List<Incident> incidents,
      CollectorModel collector,
      long now,
      DoubleUnaryOperator coresOfLeft) {
    if (collector.pausedAt(now)) {
      return 0;
    }
    double left = 1;
    double speed = 1;
    for (Incident incident : incidents) {
      if (incident.hits(0, now)) {
        left = Math.min(left, incident.coresLeft());
        speed = Math.min(speed, incident.speed());
      }
    }
    return coresOfLeft.applyAsDouble(left) * speed;
  }

  private static long[] changes(List<Incident> incidents, CollectorModel collector, long end) {
    TreeSet<Long> all = new TreeSet<>(List.of(0L));
    for (Incident incident : incidents) {
      all.add(incident.at().toNanos());
      all.add(incident.at().plus(incident.length()).toNanos());
    }
    long every = collector.every().toNanos();
    for (long begin = every; begin < end; begin += every) {
      all.add(begin);
      all.add(begin + collector.pause().toNanos());
    }
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  /** Nothing after it counts. */
  private static long end(SimulatedLoad load) {
    Duration deadline = load.settings().get(Schema.DEADLINE);
    return (long) (load.profile().seconds() * 1e9) + deadline.toNanos();
  }
}
