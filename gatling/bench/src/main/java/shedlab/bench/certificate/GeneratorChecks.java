package shedlab.bench.certificate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import shedlab.bench.experiment.LoadGenerators;
import shedlab.report.clock.ClockOffset;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.Check;

/**
 * Whether the load generators have offered the load that they were given, when they were to, and
 * had the CPU for it. If one of these checks fails, the load was another one, or the response times
 * are partly the generators' own.
 */
public final class GeneratorChecks {
  private static final double MAX_LATENESS_OF_DEADLINE = 0.05;

  private static final double MAX_GC_SHARE = 0.01;

  private static final double MAX_CPU_OF_A_SECOND = 0.9;

  private static final double MIN_STARTS_OF_A_SECOND = 0.9;

  /** A longer pause of the generator, as a share of the deadline, looks like a slow server. */
  private static final double MAX_GC_OF_DEADLINE = 0.2;

  private final List<Check> checks = new ArrayList<>();
  private final LoadResult load;
  private final double deadlineMillis;

  private GeneratorChecks(LoadResult load, Duration deadline) {
    this.load = load;
    this.deadlineMillis = deadline.toMillis();
  }

  /**
   * Of a load that has ended.
   *
   * @param deadline within which answers are in time: lateness and pauses are held against it
   */
  public static List<Check> of(LoadResult load, Duration deadline) {
    GeneratorChecks all = new GeneratorChecks(load, deadline);
    all.add();
    return List.copyOf(all.checks);
  }

  private void add() {
    checks.add(Bounds.exactly("started", load.whole().started(), load.whole().intended()));
    checks.add(Bounds.exactly("recorded twice", load.whole().duplicates(), 0));
    checks.add(
        Bounds.atLeast(
            "slowest second, started / intended",
            load.generator().minStartRatio(),
            MIN_STARTS_OF_A_SECOND));
    add("", load.generator());
    List<LoadResult.Member> each = load.generators();
    for (int i = 0; i < each.size(); i++) {
      add("generator " + (i + 1) + " of " + each.size() + ": ", each.get(i).generator());
    }
    if (!each.isEmpty()) {
      atMost("starts of the generators apart, ms", apartMillis(each), lateMillis());
    }
  }

  /** How late a request may start: later, the arrivals would be others. */
  private double lateMillis() {
    return Math.max(5, MAX_LATENESS_OF_DEADLINE * deadlineMillis);
  }

  private static double apartMillis(List<LoadResult.Member> each) {
    return ClockOffset.apartNanos(
            each.stream().map(member -> member.before().spanning(member.after())).toList())
        / 1e6;
  }

  /** All of them together, or one of several. */
  private void add(String which, LoadResult.Generator generator) {
    atMost(
        which + LoadGenerators.LATENESS_CHECK,
        generator.lateness().p99Micros() / 1e3,
        lateMillis());
    atMost(which + LoadGenerators.CPU_CHECK, generator.cpuShare(), LoadGenerators.MOST_CPU);
    atMost(
        which + LoadGenerators.CPU_CHECK + ", worst second",
        generator.worstSecondCpuShare(),
        MAX_CPU_OF_A_SECOND);
    atMost(
        which + "generator GC", generator.gcMillis() / 1e3 / load.window().seconds(), MAX_GC_SHARE);
    atMost(
        which + "generator GC, worst second, ms",
        (double) generator.worstSecondGcMillis(),
        MAX_GC_OF_DEADLINE * deadlineMillis);
  }

  private void atMost(String name, double value, double bound) {
    checks.add(Bounds.atMost(name, value, bound));
  }
}
