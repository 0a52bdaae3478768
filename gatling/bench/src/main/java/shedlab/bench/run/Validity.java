package shedlab.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.setting.Placement;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.ServerKeys;
import shedlab.bench.setting.Settings;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.Attempts;
import shedlab.report.result.Check;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.report.result.Phase;
import shedlab.report.result.ServerUse;
import shedlab.simulation.model.Tenant;
import shedlab.strategy.Strategies;

/**
 * Whether a cell measured the server and nothing else. Every check is recorded with its value and
 * bound; one failed check makes the cell invalid, which is shown and never averaged in.
 */
final class Validity {
  private static final double MAX_LATENESS_OF_DEADLINE = 0.05;

  /** A server on a full core works at a steady pace, or it is still warming up. */
  private static final double MAX_SPEED_UP = 1.15;

  private static final double MAX_GENERATOR_CPU = 0.7;
  private static final double MAX_GC_SHARE = 0.01;
  private static final double MAX_STEAL = 0.01;

  /** A server that completes more than its capacity had another: its multiples are wrong. */
  private static final double MAX_OF_CAPACITY = 1.1;

  /**
   * A server above capacity has work all the time. Not 0.9: a bare semaphore leaves the CPU idle
   * between a departure and the next arrival, which is a property of it (Erlang), not a fault of
   * the generator.
   */
  private static final double MIN_SERVER_CPU = 0.8;

  private static final double MAX_GENERATOR_CPU_OF_A_SECOND = 0.9;

  /** A longer pause of the generator, as a share of the deadline, looks like a slow server. */
  private static final double MAX_GC_OF_DEADLINE = 0.2;

  private static final double OVERLOAD = 1.2;

  /** Samples come ten a second; a server whose newest is older has stopped sampling. */
  private static final double MAX_SAMPLE_AGE = 1;

  /** Samples come ten a second: a smaller step moves none of them by more than its own length. */
  private static final double MAX_CLOCK_STEP = 0.1;

  /** Little's law holds for means; clients time what lies between them and the gate as well. */
  private static final double LITTLE = 0.1;

  /** If a larger share of clients gave up, the mean time of the others says too little. */
  private static final double FEW = 0.01;

  /** A strategy that sheds a smaller share under overload was hardly tested. */
  private static final double ENGAGED = 0.01;

  private final List<Check> checks = new ArrayList<>();

  private Validity() {}

  static List<Check> of(
      Cell cell,
      Experiment experiment,
      Capacity capacity,
      LoadResult load,
      ServerCounts server,
      Samples window,
      double cpuShare,
      double steal) {
    Settings settings = experiment.of(cell.variant());
    double work = workPerRequest(settings);
    boolean plateau = plateau(experiment, settings);
    Validity validity = new Validity();
    validity.atLeast("server CPU in calibration", capacity.cpuShare(), Capacity.SATURATED);
    validity.atMost(
        "completed / capacity",
        work * window.completedPerSecond() / capacity.perSecond(),
        MAX_OF_CAPACITY);
    validity.generator(experiment, load);
    validity.counts(load, server);
    boolean works = !Strategies.installed().composition(cell.strategy()).admitsNobody();
    if (works && plateau && work * cell.load() >= OVERLOAD) {
      validity.atLeast("server CPU", cpuShare, MIN_SERVER_CPU);
      validity.atLeast("second half / first, completed", window.speedUp(), 1 / MAX_SPEED_UP);
      validity.atMost("second half / first, completed", window.speedUp(), MAX_SPEED_UP);
      validity.little(settings, load, window);
      validity.engaged(server);
    }
    validity.atMost("steal", steal, MAX_STEAL);
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
        && settings.get(Schema.CAPACITY_DROP).isEmpty();
  }

  private void generator(Experiment experiment, LoadResult load) {
    exactly("started", load.whole().started(), load.whole().intended());
    exactly("recorded twice", load.whole().duplicates(), 0);
    atLeast("slowest second, started / intended", load.generator().minStartRatio(), 0.9);
    double deadlineMillis = experiment.deadline().toMillis();
    double boundMillis = Math.max(5, MAX_LATENESS_OF_DEADLINE * deadlineMillis);
    atMost("p99 of start lateness, ms", load.generator().lateness().p99Micros() / 1e3, boundMillis);
    atMost("generator CPU", load.generator().cpuShare(), MAX_GENERATOR_CPU);
    atMost(
        "generator CPU, worst second",
        load.generator().worstSecondCpuShare(),
        MAX_GENERATOR_CPU_OF_A_SECOND);
    atMost(
        "generator GC", load.generator().gcMillis() / 1e3 / load.window().seconds(), MAX_GC_SHARE);
    atMost(
        "generator GC, worst second, ms",
        (double) load.generator().worstSecondGcMillis(),
        MAX_GC_OF_DEADLINE * deadlineMillis);
  }

  /**
   * Little's law: what is in the server on average is the rate times the mean time there. The
   * clocks and counts of both sides are independent. Clients do not tell which of the refused had
   * waited, so the right value lies between none and all of them.
   */
  private void little(Settings settings, LoadResult load, Samples window) {
    long answered = load.window().outcomes().ok() + load.window().outcomes().shed();
    boolean gateFirst =
        settings.get(ServerKeys.GATE_ON) == Placement.GateOn.IO
            && settings.get(ServerKeys.TASK_ON) != Placement.TaskOn.IO;
    if (!gateFirst || load.window().outcomes().total() - answered > FEW * answered) {
      return; // queues that the server does not count, or clients whose times are not known
    }
    double admitted = inServer(load.window().uncorrectedAdmitted(), load);
    double refused = inServer(load.window().uncorrectedShed(), load);
    ToLongFunction<ServerCsv.Row> inside = row -> row.inflight() + row.waiting();
    double error = window.meanError(inside);
    double low = (1 - LITTLE) * admitted - error;
    double high = (1 + LITTLE) * (admitted + refused) + error;
    double mean = window.mean(inside);
    checks.add(
        new Check(
            "Little: mean in the server",
            number(mean),
            number(low) + " to " + number(high),
            low <= mean && mean <= high));
  }

  private static double inServer(Latency latency, LoadResult load) {
    return latency.count() * latency.mean() / 1e6 / load.window().seconds();
  }

  /** A label, not a fault: what never refuses under overload has not been tested by it. */
  private void engaged(ServerCounts server) {
    double share = server.received() == 0 ? 0 : (double) server.shedTotal() / server.received();
    String never = share < ENGAGED ? ", never engaged" : "";
    checks.add(new Check("policy: shed share", number(share) + never, "any: a label", true));
  }

  /** Unless it is what the experiment is about. */
  private void throttling(Settings settings, @Nullable ServerUse use) {
    if (use != null && settings.get(Schema.CAPACITY_DROP).isEmpty()) {
      atMost("server throttled, s", use.throttledSeconds(), 0);
    }
  }

  /** Client, server and Gatling's own log are three witnesses of the same requests. */
  private void counts(LoadResult load, ServerCounts server) {
    Outcomes all = load.whole().outcomes();
    exactly("sum of outcomes", all.total(), load.whole().intended());
    exactly("other statuses", all.other(), 0);
    Attempts tries = load.whole().attempts();
    exactly("Gatling's log: 200s", load.gatling().ok(), tries.ok());
    exactly("Gatling's log: requests", load.gatling().ok() + load.gatling().ko(), tries.sent());
    exactly("server: admitted + shed", server.admitted() + server.shedTotal(), server.received());
    long unanswered = tries.failed() - all.other();
    between("server: admitted - 200s", server.admitted() - tries.ok(), unanswered);
    between("server: shed - 429s", server.shedTotal() - tries.shed(), unanswered);
    between(
        "server: received - answered", server.received() - tries.ok() - tries.shed(), unanswered);
    // An HTTP client that repeats a request on its own.
    long repeated = server.received() - tries.sent();
    checks.add(
        new Check("server: received - sent", Long.toString(repeated), "<= 0", repeated <= 0));
  }

  private void exactly(String name, long value, long expected) {
    checks.add(new Check(name, Long.toString(value), "= " + expected, value == expected));
  }

  /** Answers that the client did not wait for may be missing on its side, and no others. */
  private void between(String name, long value, long most) {
    String bound = most == 0 ? "= 0" : "0 to " + most;
    checks.add(new Check(name, Long.toString(value), bound, value >= 0 && value <= most));
  }

  private void atMost(String name, double value, double bound) {
    checks.add(new Check(name, number(value), "<= " + number(bound), value <= bound));
  }

  private void atLeast(String name, double value, double bound) {
    checks.add(new Check(name, number(value), ">= " + number(bound), value >= bound));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
