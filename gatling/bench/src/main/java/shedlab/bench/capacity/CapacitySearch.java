package shedlab.bench.capacity;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.bench.run.Calibration;
import shedlab.bench.run.Capacity;
import shedlab.bench.run.FloorMeasurement;
import shedlab.bench.run.Jobs;
import shedlab.bench.run.Progress;
import shedlab.bench.run.Station;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.report.raw.Floor;
import shedlab.report.raw.Floor.When;
import shedlab.report.result.Variant;
import shedlab.spec.SpecException;

/**
 * Searches for every server and strategy of a plan the greatest load that keeps an objective. Each
 * has one server, the calibrated one or a fresh one, warm on both sides; a measurement is a cell,
 * with the same arrivals at every load. {@link #stop} may come from any thread.
 */
public final class CapacitySearch {
  /**
   * Of a server under a strategy. The calibration counts, for the first of a server: it is repeated
   * only while the shortest search still fits.
   */
  public static final Duration TIME = Duration.ofMinutes(3);

  /** The greatest that is tried. */
  public static final double MOST_LOAD = Search.MOST;

  /** A probe whose window at 1x would have to be longer leaves no time for a search. */
  private static final Duration LONGEST_WINDOW = Duration.ofSeconds(20);

  final Plan plan;
  final Objective objective;
  final Duration time;
  final Timing timing;
  final CpuSplit cpus;
  final CapacityFiles files;
  final Progress progress;
  final Consumer<String> line;
  final int taskUnits;
  final Station station;
  private final Calibration calibration;
  private final FloorMeasurement floor;
  private volatile boolean stopped;

  /**
   * A search.
   *
   * @param time for each server and strategy
   * @param line is told what was found, in lines
   */
  public CapacitySearch(
      Plan plan,
      Objective objective,
      Duration time,
      int taskUnits,
      CpuSplit cpus,
      Host host,
      CapacityFiles files,
      Progress progress,
      Consumer<String> line) {
    this.plan = plan;
    this.objective = objective;
    this.time = time;
    this.timing = new Timing(plan, objective);
    this.cpus = cpus;
    this.files = files;
    this.progress = progress;
    this.line = line;
    this.taskUnits = taskUnits;
    Jobs jobs = Jobs.alikeAtEveryLoad(plan.experiment(), taskUnits);
    this.station = new Station(plan, taskUnits, host, jobs, files.folder(), progress);
    boolean evidence = plan.experiment().evidence();
    this.floor = new FloorMeasurement(host, files.folder(), progress, evidence);
    this.calibration =
        new Calibration(
            station, jobs, cpus, files.folder(), progress, evidence, true, this::stoppedSoon);
  }

  /**
   * Whether an experiment has one load at a time, and its tasks are short enough for a search.
   *
   * @throws SpecException if not
   */
  public static void check(Experiment experiment, Objective objective, int cpus) {
    for (String variant : experiment.variants().stream().map(Variant::name).toList()) {
      Settings settings = experiment.of(variant);
      if (!settings.text(Schema.PHASES).isEmpty()
          || settings.get(Schema.SLOWDOWN).isPresent()
          || settings.get(Schema.CAPACITY_DROP).isPresent()
          || settings.get(FleetKeys.KILL).isPresent()) {
        throw new SpecException(
            "experiment", experiment.name(), "one whose load and capacity stay as they are");
      }
      double timeout = settings.get(Schema.TIMEOUT).toNanos() / 1e3;
      for (Objective.Term term : objective.terms()) {
        if (term.kind() == Objective.Kind.PERCENTILE && term.bound() > timeout) {
          throw new SpecException(
              "slo",
              objective.text(),
              "times within the client's timeout, " + settings.text(Schema.TIMEOUT));
        }
      }
    }
    double perSecond = nominal(experiment, cpus);
    double seconds = Timing.RESERVE * objective.answersNeeded() / perSecond;
    if (seconds > LONGEST_WINDOW.toSeconds()) {
      throw new SpecException(
          "slo",
          objective.text(),
          String.format(
              Locale.ROOT,
              "a percentile that %d s can show: %d requests take %.0f s with tasks of %s",
              LONGEST_WINDOW.toSeconds(),
              objective.answersNeeded(),
              seconds,
              experiment.settings().text(Schema.TASK)));
    }
  }

  /** Requests per second, as far as is known before the calibration. */
  private static double nominal(Experiment experiment, int cpus) {
    return cpus / (experiment.task().toNanos() / 1e9);
  }

  /** How many searches there are. */
  public static int searches(Plan plan) {
    return subjects(plan).size();
  }

  /** Records nothing from now on: a failure would only be a consequence of stopping. */
  public void stop() {
    stopped = true;
  }

  /** True if every server and strategy has its answer, or that there is none. */
  public boolean run() throws IOException {
    try (calibration) {
      floor.measure(When.BEFORE);
      for (Cell subject : subjects(plan)) {
        if (!stopped) {
          search(subject);
        }
      }
      if (!stopped) {
        floor.measure(When.AFTER);
      }
    } catch (HostException e) {
      if (!stoppedSoon()) {
        throw e;
      }
    }
    return !stopped;
  }

  Floor floor() {
    return floor.floor();
  }

  boolean stopped() {
    return stopped;
  }

  /** Whether any load that keeps the objective was found. */
  public boolean found() {
    return files.answers().stream().anyMatch(answer -> answer.kept() != null);
  }

  /** Whether every load that was found rests on a valid measurement. */
  public boolean certified() {
    return files.answers().stream().allMatch(answer -> answer.kept() == null || answer.certified());
  }

  /** One of each server, strategy and variant, in the order of the plan; a twin finds the same. */
  private static List<Cell> subjects(Plan plan) {
    Map<List<String>, Cell> subjects = new LinkedHashMap<>();
    for (Plan.Group group : plan.groups()) {
      for (Cell cell : group.cells()) {
        if (!cell.variant().equals(Variant.TWIN)) {
          subjects.putIfAbsent(List.of(cell.server(), cell.strategy(), cell.variant()), cell);
        }
      }
    }
    return List.copyOf(subjects.values());
  }

  private void search(Cell subject) throws IOException {
    long began = System.nanoTime();
    double nominal = nominal(plan.experiment(), cpus.server().size());
    Capacity capacity =
        calibration.of(
            subject.server(),
            repeat -> {
              double left = time.toMillis() / 1e3 - (System.nanoTime() - began) / 1e9;
              return timing.affords(repeat, left, nominal);
            });
    line.accept(
        String.format(
            Locale.ROOT,
            "%s %s: 1x is %.0f/s",
            subject.server(),
            subject.strategy(),
            capacity.perSecond()));
    // Its warm-up is done, which takes as long as some four probes.
    RunningServer warm = calibration.takeServer(subject);
    try (Probing probing = new Probing(this, subject, capacity, warm, began)) {
      Search.Found found = Search.in(probing);
      if (!stopped) {
        files.put(probing.answer(found));
      }
    }
  }

  /** A failure may be the first sign of Ctrl-C, which reaches servers as soon as this JVM. */
  boolean stoppedSoon() {
    for (int i = 0; i < 20 && !stopped; i++) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw HostException.interrupted("a pause", e);
      }
    }
    return stopped;
  }
}
