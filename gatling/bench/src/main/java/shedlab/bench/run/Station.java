package shedlab.bench.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import shedlab.bench.control.ServerControl;
import shedlab.bench.control.ServerControl.Admits;
import shedlab.bench.experiment.LoadGenerators;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Injector;
import shedlab.bench.host.LocalProcess;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.machine.ClockSteps;
import shedlab.bench.machine.ControlGroups;
import shedlab.bench.machine.Machine;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.JvmArchive;
import shedlab.bench.setting.JvmKeys;
import shedlab.bench.setting.Schema;
import shedlab.load.LoadProfile;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.strategy.Strategies;

/** Starts servers, verified and warm, and runs loads with the injector. */
public final class Station {
  private final Plan plan;
  private final int taskUnits;
  private final Host host;
  private final Jobs jobs;
  private final Path folder;
  private final Progress progress;
  private ClockSteps clockSteps = new ClockSteps();
  private final Set<String> archives = new HashSet<>();
  private boolean injectorWarm;
  private double loadSeconds;

  /** Of a run whose files go into a folder. */
  public Station(Plan plan, int taskUnits, Host host, Jobs jobs, Path folder, Progress progress) {
    this.plan = plan;
    this.taskUnits = taskUnits;
    this.host = host;
    this.jobs = jobs;
    this.folder = folder;
    this.progress = progress;
  }

  /** A server of its own, its contract verified, both sides warm. The caller closes it. */
  public RunningServer start(String server, String strategy, String variant, Capacity capacity) {
    return start(server, strategy, variant, admits(strategy), capacity);
  }

  private static Admits admits(String strategy) {
    boolean nobody = Strategies.installed().composition(strategy).admitsNobody();
    return nobody ? Admits.NOBODY : Admits.SOME;
  }

  /**
   * A server that is warm takes another strategy, whose contract is verified and code warmed. A
   * target has had its own since it was started.
   */
  public void exchange(RunningServer server, String strategy, String variant, Capacity capacity) {
    ServerControl probe = ServerControl.of(server);
    if (!probe.takesStrategies()) {
      return;
    }
    probe.exchange(strategy);
    probe.verifyContract(admits(strategy));
    warmUp(probe, capacity).strategy(server.workAddress(), variant);
  }

  private WarmUp warmUp(ServerControl probe, @Nullable Capacity capacity) {
    return new WarmUp(
        jobs, probe, capacity, all -> warm(probe, all), progress, taskUnits, plan.cpus());
  }

  /**
   * The same, with a strategy that refuses no client that sends one request at a time, to measure
   * the capacity.
   */
  RunningServer startAdmitting(String server, String strategy) {
    return start(server, strategy, "", Admits.EVERYBODY, null);
  }

  private RunningServer start(
      String kind, String strategy, String variant, Admits admits, @Nullable Capacity capacity) {
    if (!injectorWarm && cold(variant) && !cold("")) {
      start(kind, strategy, "", admits, capacity).close(); // a warm one, for the injector
    }
    ServerSettings settings = settings(kind, strategy, variant);
    JvmArchive archive = settings.archive();
    if (archive != JvmArchive.NONE && !archives.contains(kind + " " + archive)) {
      progress.phase("a warm " + kind + " writes the archive of its JVM");
      ServerSettings training = settings(kind, strategy, "").training(archive);
      started(training, "", admits, capacity).close();
      archives.add(kind + " " + archive); // not before: the next cell tries again
    }
    return started(settings, variant, admits, capacity);
  }

  private RunningServer started(
      ServerSettings settings, String variant, Admits admits, @Nullable Capacity capacity) {
    clockSteps = new ClockSteps();
    RunningServer server = host.startServer(settings);
    try {
      makeReady(server, settings.strategy(), variant, admits, capacity);
      return server;
    } catch (HostException e) {
      String lastLine = server.lastLine();
      server.close();
      throw new HostException(LocalProcess.withLastLine(e.getMessage(), lastLine), e);
    }
  }

  private boolean cold(String variant) {
    return plan.experiment().of(variant).get(Schema.WARM_UP).isZero();
  }

  int taskUnits() {
    return taskUnits;
  }

  int workers() {
    return plan.workers("");
  }

  /** Within which an answer is in time. */
  Duration deadline() {
    return plan.experiment().deadline();
  }

  /** The greatest load of the plan, in multiples of the capacity. */
  double greatestLoad() {
    return LoadGenerators.of(plan, 1).load();
  }

  /** CPU seconds of one task on a server that is warm. */
  double serviceSeconds(RunningServer server) {
    return ServerControl.of(server).serviceSeconds(taskUnits);
  }

  /** Verifies the contract, past the strategy and with it, and warms both sides. */
  private void makeReady(
      RunningServer server,
      String strategy,
      String variant,
      Admits admits,
      @Nullable Capacity capacity) {
    ServerControl probe = ServerControl.of(server);
    probe.switchStrategyOff();
    probe.verifyContract(Admits.EVERYBODY);
    WarmUp warmUp = warmUp(probe, capacity);
    warmUp.pastStrategy(server.workAddress(), variant);
    if (!injectorWarm) {
      // The server first: its slow answers would spoil this one. The loads below need it warm.
      warmUp.injector(server.workAddress());
      injectorWarm = true;
    }
    if (!Strategies.installed().composition(strategy).needsNativeLimiter()) {
      warmUp.overload(server.workAddress(), variant, strategy);
    }
    probe.reset();
    probe.verifyContract(admits);
    warmUp.strategy(server.workAddress(), variant);
  }

  private void warm(ServerControl probe, List<LoadJob> all) {
    if (all.isEmpty()) {
      return;
    }
    all.forEach(job -> load(job, folder.resolve("warm-up")));
    probe.settledCounts(); // what clients gave up on may still be in socket buffers
    probe.awaitWorkedOff();
  }

  /**
   * The control groups whose quotas would spoil a cell: those of this JVM and of the load
   * generators, and those above the server's own, of which its samples tell.
   */
  ControlGroups controlGroups(RunningServer server) {
    Machine machine = Machine.ofThisProcess();
    ControlGroups groups = ControlGroups.of(machine, "self");
    for (long injector : host.injector().pids()) {
      groups = groups.and(ControlGroups.of(machine, Long.toString(injector)));
    }
    return server.pid().isEmpty()
        ? groups
        : groups.and(ControlGroups.of(machine, Long.toString(server.pid().getAsLong())).above());
  }

  /** Runs a load; its files go into a folder. */
  LoadResult load(LoadJob job, Path into) {
    return load(job, into, seconds -> {});
  }

  /** The same; {@code elapsed} is told its time, in seconds from its zero, twice a second. */
  LoadResult load(LoadJob job, Path into, DoubleConsumer elapsed) {
    Injector injector = host.injector();
    try {
      LoadResult result =
          injector.run(
              job,
              into,
              report -> {
                elapsed.accept(report.elapsedSeconds());
                clockSteps.accept(report.elapsedSeconds());
                progress.load(report);
              });
      loadSeconds += seconds(job);
      return result;
    } catch (HostException e) {
      host.dropInjector(); // the next one is new, and cold
      injectorWarm = false;
      throw e;
    }
  }

  /** The steps of the machine's clock since the last server was started. */
  ClockSteps clockSteps() {
    return clockSteps;
  }

  /** The planned seconds of all loads up to now, warm-ups included. */
  double loadSeconds() {
    return loadSeconds;
  }

  static double seconds(LoadJob job) {
    return new LoadProfile(job.profile()).seconds();
  }

  /** A server's samples between two seconds of a load. */
  static Samples between(Samples all, LoadResult load, double from, double to) {
    return all.between(epoch(load, from), epoch(load, to));
  }

  static long epoch(LoadResult load, double second) {
    return load.zeroEpochMicros() + (long) (second * 1e6);
  }

  private ServerSettings settings(String server, String strategy, String variant) {
    return new ServerSettings(
        server,
        strategy,
        taskUnits,
        plan.workers(variant),
        plan.serverOptions(variant),
        plan.experiment().steady(variant),
        plan.experiment().of(variant).get(FleetKeys.FLEET).orElse(null),
        plan.experiment().settings().get(JvmKeys.PROFILE_CPU),
        plan.experiment().of(variant).get(JvmKeys.JVM_ARCHIVE),
        false);
  }
}
