package shedlab.bench.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.setting.Connections;
import shedlab.bench.setting.Course;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.WorkAddress;
import shedlab.simulation.model.Slowdown;
import shedlab.task.CpuTask;

/** The loads that a run consists of. The same cell always gives the same arrivals and sizes. */
public final class Jobs {
  /** Offered while calibrating, over the rate that the bare service time would allow. */
  private static final double SATURATION = 1.25;

  /**
   * How much longer than a cell a calibration runs; only its end is counted. By then the server is
   * as warm as at the later loads of a staircase: its compiler is busy for some twenty seconds.
   */
  private static final double RUN_IN = 1.5;

  /** Some five batches: with fewer, an interval is too wide on any machine that is shared. */
  private static final Duration SHORTEST_CALIBRATION = Duration.ofSeconds(3);

  /** The highest rate of a warm-up. */
  private static final double MOST_PER_SECOND = 2_000;

  /** Of the CPUs, for the work of a warm-up; about as much again goes into HTTP. */
  private static final double SHARE = 0.25;

  /** Of a warm-up, for the code of the strategy; likewise the next, for that of an overload. */
  private static final double OF_STRATEGY = 0.1;

  private static final double OF_OVERLOAD = 0.5;

  /** Its load in CPUs, and its rate: a compiler takes a method at its best after 5,000 calls. */
  private static final double OVERLOAD = 2;

  private static final double OVERLOAD_PER_SECOND = 4_000;

  private static final double MORE_SECONDS = 2;

  /** Of clients that do not wait for an answer, and how long they wait at most. */
  private static final double GIVEN_UP_PER_SECOND = 1_000;

  private static final long GIVES_UP_MILLIS = 50;

  private final Experiment experiment;
  private final int taskUnits;
  private final boolean alikeAtEveryLoad;

  Jobs(Experiment experiment, int taskUnits) {
    this(experiment, taskUnits, false);
  }

  private Jobs(Experiment experiment, int taskUnits, boolean alikeAtEveryLoad) {
    this.experiment = experiment;
    this.taskUnits = taskUnits;
    this.alikeAtEveryLoad = alikeAtEveryLoad;
  }

  /** Loads whose cells have the same arrivals and sizes at every load, only closer in time. */
  public static Jobs alikeAtEveryLoad(Experiment experiment, int taskUnits) {
    return new Jobs(experiment, taskUnits, true);
  }

  /**
   * Many small requests, gently rising, below half of the server's CPUs whatever the task: they
   * warm the code of the whole path on both sides, that of new connections too where the variant
   * has them. Compilers share the core with the workers, so on a full server they would take long.
   * None if nothing is warmed.
   *
   * @param taskSeconds CPU time of a whole task
   */
  List<LoadJob> warmUp(WorkAddress server, String variant, double taskSeconds, int cpus) {
    double seconds = seconds(variant) * (1 - ofOverload(variant) - OF_STRATEGY);
    return warming(
        "warm-up",
        server,
        variant,
        () ->
            List.of(
                new Segment(300, seconds * 0.2),
                new Segment(1_000, seconds * 0.3),
                new Segment(MOST_PER_SECOND, seconds * 0.5)),
        small(taskSeconds, cpus));
  }

  /** The end of a warm-up once more, for a server whose task is not fast yet. */
  List<LoadJob> moreWarmUp(WorkAddress server, String variant, double taskSeconds, int cpus) {
    double seconds = Math.min(MORE_SECONDS, seconds(variant));
    return warming(
        "more-warm-up",
        server,
        variant,
        () -> List.of(new Segment(MOST_PER_SECOND, seconds)),
        small(taskSeconds, cpus));
  }

  /**
   * Twice what the server can do, in small tasks: for the code of refusals and of queues. Without
   * it, compilers find that code in the first cells beyond the capacity, and take their CPU time
   * from a strategy that admits one more than from one that admits many. None if the server need
   * not be steady.
   */
  List<LoadJob> overloadWarmUp(WorkAddress server, String variant, double taskSeconds, int cpus) {
    if (ofOverload(variant) == 0) {
      return List.of();
    }
    return warming(
        "overload-warm-up",
        server,
        variant,
        () -> List.of(new Segment(OVERLOAD_PER_SECOND, seconds(variant) * ofOverload(variant))),
        overloading(OVERLOAD_PER_SECOND, taskSeconds, cpus));
  }

  /** The same requests as before it, fewer, for the code of the strategy; none if nothing is. */
  List<LoadJob> strategyWarmUp(WorkAddress server, String variant, double taskSeconds, int cpus) {
    return warming(
        "strategy-warm-up",
        server,
        variant,
        () -> List.of(new Segment(1_000, seconds(variant) * OF_STRATEGY)),
        small(taskSeconds, cpus));
  }

  private double ofOverload(String variant) {
    return experiment.steady(variant) ? OF_OVERLOAD : 0;
  }

  private double seconds(String variant) {
    return experiment.of(variant).get(Schema.WARM_UP).toSeconds();
  }

  /** The units of a request that at the highest rate asks for a quarter of the CPUs at most. */
  private int small(double taskSeconds, int cpus) {
    double ofTask = Math.min(1.0 / 50, SHARE * cpus / MOST_PER_SECOND / taskSeconds);
    return (int) Math.max(1, taskUnits * ofTask);
  }

  private List<LoadJob> warming(
      String name, WorkAddress server, String variant, Supplier<List<Segment>> profile, int units) {
    return seconds(variant) == 0 || !server.tellsSize() // many requests are small ones no longer
        ? List.of()
        : List.of(
            plain(
                name,
                server,
                profile.get(),
                units,
                0,
                timeout(),
                experiment.of(variant).get(Schema.CONNECTIONS)));
  }

  /**
   * The first loads of an injector: a cold one starts requests tens of milliseconds late. Answers
   * first, smallest tasks, then clients that give up: both are paths of their own. None if nothing
   * is warmed.
   *
   * @param taskSeconds measures the CPU time of a whole task; not asked if nothing is warmed
   */
  List<LoadJob> injectorWarmUp(WorkAddress server, DoubleSupplier taskSeconds, int cpus) {
    double seconds = 2.0 * experiment.warmUp().toSeconds();
    if (seconds == 0) {
      return List.of();
    }
    return List.of(
        plain(
            "injector-warm-up",
            server,
            List.of(
                new Segment(300, seconds * 0.2),
                new Segment(1_000, seconds * 0.35),
                new Segment(2_000, seconds * 0.25)),
            1,
            0,
            timeout(),
            Connections.KEPT),
        plain(
            "injector-warm-up-timeouts",
            server,
            List.of(new Segment(GIVEN_UP_PER_SECOND, seconds * 0.2)),
            overloading(GIVEN_UP_PER_SECOND, taskSeconds.getAsDouble(), cpus),
            0,
            Duration.ofMillis(Math.max(1, Math.min(GIVES_UP_MILLIS, experiment.task().toMillis()))),
            Connections.KEPT));
  }

  /** The units of a request of which so many a second are twice what the server can do. */
  private int overloading(double perSecond, double taskSeconds, int cpus) {
    double units = OVERLOAD * cpus / perSecond / taskSeconds * taskUnits;
    return (int) Math.max(1, Math.min(CpuTask.MAX_UNITS, units));
  }

  /** How long a calibration usually counts. */
  Duration calibrationCounts() {
    Duration window = experiment.measure();
    return window.compareTo(SHORTEST_CALIBRATION) > 0 ? window : SHORTEST_CALIBRATION;
  }

  /** More than the server can do, counted for so many times as long as usual. */
  LoadJob calibration(WorkAddress server, double serviceSeconds, int cpus, int times) {
    double rate = SATURATION * cpus / serviceSeconds;
    double counted = times * calibrationCounts().toMillis() / 1e3;
    double runIn = experiment.leadIn().toSeconds() + RUN_IN * experiment.warmUp().toSeconds();
    return plain(
        "calibration",
        server,
        List.of(new Segment(rate, runIn + counted)),
        taskUnits,
        runIn,
        timeout(),
        Connections.KEPT);
  }

  /** Of a cell's arrivals and sizes: of its load and repeat alone, so alike for every strategy. */
  public static long seed(Experiment experiment, Cell cell) {
    return seed(experiment.seed(), cell.load(), cell.repeat());
  }

  /** The same for a run whose seed is known. */
  public static long seed(long ofRun, double load, int repeat) {
    return (ofRun * 31L + Double.hashCode(load)) * 31L + repeat;
  }

  /** The load of one cell: seeded by its load and repeat alone, so alike for every strategy. */
  LoadJob cell(Cell cell, WorkAddress server, double capacityPerSecond) {
    Settings settings = experiment.of(cell.variant());
    double leadIn = experiment.leadIn().toSeconds();
    return new LoadJob(
        cell.id(),
        server,
        Course.profile(experiment.settings(), cell.load() * capacityPerSecond).segments(),
        settings.get(Schema.ARRIVALS).whole(),
        seed(experiment.seed(), alikeAtEveryLoad ? 1 : cell.load(), cell.repeat()),
        units(settings),
        settings.get(Schema.SERVICE_LAW),
        experiment.deadline().toMillis(),
        settings.get(Schema.TIMEOUT).toMillis(),
        leadIn,
        true,
        clients(settings, leadIn));
  }

  private int units(Settings settings) {
    return (int) Math.max(1, Math.round(settings.get(Schema.WORK) * taskUnits));
  }

  private static ClientBehaviour clients(Settings settings, double leadIn) {
    Optional<Slowdown> slowdown = settings.get(Schema.SLOWDOWN);
    return new ClientBehaviour(
        settings.text(Schema.RETRY),
        settings.get(Schema.DISCONNECT),
        settings.get(Schema.CONNECTIONS) == Connections.NEW,
        settings.get(Schema.TELLS_DEADLINE),
        settings.get(Schema.TENANTS),
        slowdown.map(s -> leadIn + s.at().toNanos() / 1e9).orElse(0.0),
        slowdown.map(Slowdown::factor).orElse(1.0));
  }

  private Duration timeout() {
    return experiment.settings().get(Schema.TIMEOUT);
  }

  /** Tasks all alike, arrivals by chance, clients that try once. */
  private LoadJob plain(
      String name,
      WorkAddress server,
      List<Segment> profile,
      int units,
      double leadInSeconds,
      Duration timeout,
      Connections connections) {
    return new LoadJob(
        name,
        server,
        profile,
        "poisson",
        experiment.seed(),
        units,
        "deterministic",
        experiment.deadline().toMillis(),
        timeout.toMillis(),
        leadInSeconds,
        false,
        new ClientBehaviour("none", true, connections == Connections.NEW, false, List.of(), 0, 1));
  }
}
