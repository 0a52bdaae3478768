package shedlab.bench.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shedlab.bench.certificate.Bounds;
import shedlab.bench.certificate.GeneratorChecks;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.Attempts;
import shedlab.report.result.Check;
import shedlab.report.result.Outcomes;
import shedlab.report.result.Phase;
import shedlab.report.result.ServerUse;
import shedlab.simulation.model.Tenant;

/**
 * Whether a cell measured the server and nothing else. Every check is recorded with its value and
 * bound; one failed check makes the cell invalid, which is shown and never averaged in. A check
 * judges the load generator, the machine or the bookkeeping; what the server did under its strategy
 * is for {@link ServerFindings}.
 */
final class Validity {
  /**
   * Of the server's CPU time. Comparisons count what was left; with more gone, in bursts, a p99 is
   * the neighbour's.
   */
  private static final double MAX_STEAL = 0.1;

  /** Samples come ten a second; a server whose newest is older has stopped sampling. */
  private static final double MAX_SAMPLE_AGE = 1;

  /** Samples come ten a second: a smaller step moves none of them by more than its own length. */
  private static final double MAX_CLOCK_STEP = 0.1;

  /**
   * Tasks that take longer than in the calibration ran in other code, on a slower clock or beside a
   * neighbour; if they take less, the calibration did. No strategy changes what a unit costs.
   */
  static final double MAX_TASK_CPU = 1.25;

  /** A shorter task costs as much as its surroundings: a cold cache, two readings of a clock. */
  private static final double SHORTEST_TASK_NANOS = 100_000;

  static final String TASK_CPU = "CPU per task / calibrated";

  private final List<Check> checks = new ArrayList<>();

  private Validity() {}

  static List<Check> of(
      Cell cell,
      Experiment experiment,
      Capacity capacity,
      LoadResult load,
      @Nullable ServerCounts server,
      Samples window,
      double steal) {
    Settings settings = experiment.of(cell.variant());
    Validity validity = new Validity();
    validity.calibration(capacity);
    validity.taskCpu(settings, capacity, load, window);
    validity.checks.addAll(GeneratorChecks.of(load, experiment.deadline()));
    boolean killed = settings.get(FleetKeys.KILL).isPresent();
    validity.counts(load, killed);
    if (server == null) {
      validity.unknown("server: counts", "not told by the server");
    } else {
      validity.counts(load, server, killed);
    }
    validity.atMost(Check.STEAL, steal, MAX_STEAL);
    validity.throttling(settings, window.use());
    return List.copyOf(validity.checks);
  }

  /** Whether a quota of a control group kept a process of the run off the CPU. */
  static Check throttled(double seconds) {
    Validity validity = new Validity();
    validity.atMost("throttled by a control group, s", seconds, 0);
    return validity.checks.get(0);
  }

  /**
   * Whether server and clients agree on the time.
   *
   * @param secondsBehind the age of the server's newest sample
   * @param clockStep by how much the machine's clock was set since the server started, in seconds
   */
  static List<Check> clocks(double secondsBehind, double clockStep) {
    Validity validity = new Validity();
    validity.atMost("newest sample's age, s", Math.abs(secondsBehind), MAX_SAMPLE_AGE);
    validity.atMost("clock set by, s", clockStep, MAX_CLOCK_STEP);
    return List.copyOf(validity.checks);
  }

  /** In tasks of the size that the capacity was measured with. */
  static double workPerRequest(Settings settings) {
    List<Tenant> tenants = settings.get(Schema.TENANTS);
    double shares = tenants.stream().mapToDouble(Tenant::share).sum();
    double work = tenants.stream().mapToDouble(t -> t.share() * t.work()).sum();
    return settings.get(Schema.WORK) * (tenants.isEmpty() ? 1 : work / shares);
  }

  /** True if one moment is like the next, so that means of the window mean something. */
  static boolean plateau(Experiment experiment, Settings settings) {
    return Phase.plateau(experiment.phases())
        && settings.get(Schema.RETRY).value().tries() == 1
        && settings.get(Schema.SLOWDOWN).isEmpty()
        && settings.get(Schema.CAPACITY_DROP).isEmpty()
        && settings.get(FleetKeys.KILL).isEmpty();
  }

  /** CPU time of a unit of work, in the tasks that ended in the window. */
  private void taskCpu(Settings settings, Capacity capacity, LoadResult load, Samples window) {
    Double calibrated = capacity.unitCpuNanos();
    Double now = window.unitCpuNanos();
    if (calibrated == null || !window.tellsTaskCpu()) {
      unknownTaskCpu("not told by the server");
    } else if (load.job().units() * calibrated < SHORTEST_TASK_NANOS) {
      unknownTaskCpu("tasks too short to time");
    } else if (now != null) {
      double ratio = now / calibrated;
      boolean cold = coldOnPurpose(settings);
      boolean alike = 1 / MAX_TASK_CPU <= ratio && ratio <= MAX_TASK_CPU;
      String bound = number(1 / MAX_TASK_CPU) + " to " + number(MAX_TASK_CPU);
      String any = "any: cold on purpose";
      checks.add(new Check(TASK_CPU, number(ratio), cold ? any : bound, cold || alike));
    } else if (coldOnPurpose(settings)) {
      unknownTaskCpu("no task ended");
    } else {
      noTaskEnded(settings, load, calibrated, window);
    }
  }

  /**
   * Where tasks are all alike, those in flight cannot have used more CPU than they need; nearly all
   * that the process used was theirs, because a rate at which no task ends brings few refusals.
   */
  private void noTaskEnded(
      Settings settings, LoadResult load, double unitCpuNanos, Samples window) {
    List<ServerCsv.Row> rows = window.rows();
    double needed = rows.get(rows.size() - 1).inflight() * load.job().units() * unitCpuNanos / 1e9;
    double used = window.cores() * (rows.size() < 2 ? 0 : window.seconds());
    boolean alike =
        load.job().serviceLaw().equals("deterministic")
            && settings.get(Schema.TENANTS).isEmpty()
            && !settings.get(Schema.ARRIVALS).isSized();
    if (alike && needed > 0) {
      atMost(TASK_CPU, used / needed, MAX_TASK_CPU); // at least so much
    } else {
      unknownTaskCpu("no task ended");
    }
  }

  /** What cold tasks cost is the question, or that of a server that is started again. */
  static boolean coldOnPurpose(Settings settings) {
    return settings.get(Schema.WARM_UP).isZero() || settings.get(FleetKeys.KILL).isPresent();
  }

  private void unknownTaskCpu(String why) {
    unknown(TASK_CPU, why);
  }

  private void unknown(String name, String why) {
    checks.add(new Check(name, why, "any: not known", true));
  }

  private void calibration(Capacity capacity) {
    String name = "server CPU in calibration";
    if (capacity.cpuShare() == null) {
      unknown(name, "nobody knows its CPU time");
    } else {
      atLeast(name, capacity.cpuShare(), Capacity.SATURATED);
    }
  }

  /** Unless it is what the experiment is about. */
  private void throttling(Settings settings, @Nullable ServerUse use) {
    if (use != null && settings.get(Schema.CAPACITY_DROP).isEmpty()) {
      atMost("server throttled, s", use.throttledSeconds(), 0);
    }
  }

  /** The clients and Gatling's own log are two witnesses of the same requests. */
  private void counts(LoadResult load, boolean killed) {
    Outcomes all = load.whole().outcomes();
    exactly("sum of outcomes", all.total(), load.whole().intended());
    boolean fine = killed || all.other() == 0;
    String bound = killed ? "any: a server was killed" : "= 0";
    checks.add(new Check("other statuses", Long.toString(all.other()), bound, fine));
    Attempts tries = load.whole().attempts();
    exactly("Gatling's log: 200s", load.gatling().ok(), tries.ok());
    exactly("Gatling's log: requests", load.gatling().ok() + load.gatling().ko(), tries.sent());
  }

  /** The server is a third. For one that was killed the proxy answers. */
  private void counts(LoadResult load, ServerCounts server, boolean killed) {
    Outcomes all = load.whole().outcomes();
    Attempts tries = load.whole().attempts();
    exactly("server: admitted + shed", server.admitted() + server.shedTotal(), server.received());
    long most = tries.failed() - (killed ? 0 : all.other());
    long least = -server.unseen();
    between("server: admitted - 200s", server.admitted() - tries.ok(), least, most);
    between("server: shed - 429s", server.shedTotal() - tries.shed(), least, most);
    long answered = tries.ok() + tries.shed();
    between("server: received - answered", server.received() - answered, least, most);
    // An HTTP client that repeats a request on its own.
    long repeated = server.received() - tries.sent();
    checks.add(
        new Check("server: received - sent", Long.toString(repeated), "<= 0", repeated <= 0));
  }

  private void exactly(String name, long value, long expected) {
    checks.add(Bounds.exactly(name, value, expected));
  }

  /** Answers that the client did not wait for may be missing on its side, and no others. */
  private void between(String name, long value, long least, long most) {
    String bound = least == 0 && most == 0 ? "= 0" : least + " to " + most;
    checks.add(new Check(name, Long.toString(value), bound, value >= least && value <= most));
  }

  private void atMost(String name, double value, double bound) {
    checks.add(Bounds.atMost(name, value, bound));
  }

  private void atLeast(String name, double value, double bound) {
    checks.add(Bounds.atLeast(name, value, bound));
  }

  private static String number(double value) {
    return Bounds.number(value);
  }
}
