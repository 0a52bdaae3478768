package shedlab.bench.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import shedlab.admission.NanoClock;
import shedlab.bench.control.ServerControl;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.LoadGenerators;
import shedlab.bench.experiment.OwnStrategy;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.bench.machine.Machine;
import shedlab.bench.network.RoundTripMeasurement;
import shedlab.bench.targets.TargetServer;
import shedlab.report.file.StrictJson;
import shedlab.report.file.WholeFile;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.Check;
import shedlab.report.result.RunFiles;
import shedlab.report.statistics.Drift;
import shedlab.strategy.Strategies;

/**
 * What 1x means on each server, measured when it is first asked for and kept in {@code
 * capacity.json}.
 */
public final class Calibration implements AutoCloseable {
  private static final String BEFORE = RunFiles.CAPACITY;
  private static final String AFTER = RunFiles.CAPACITY_AFTER;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of one that is precise but idle at times, in a run that is evidence. */
  private static final int MOST_IDLE = 3;

  private final Station station;
  private final Jobs jobs;
  private final CpuSplit cpus;
  private final Path folder;
  private final Progress progress;
  private final CalibrationAttempts attempts;
  private final BooleanSupplier stopping;
  private final boolean leavesServers;
  private final Set<String> warned = new HashSet<>();
  private @Nullable RoundTripMeasurement roundTrips;
  private @Nullable RunningServer left;

  /**
   * A calibration of every server of a run.
   *
   * @param evidence whether a server that is idle at times is measured again
   * @param leavesServers true: the server of the last attempt stays up until {@link #takeServer} or
   *     {@link #close}
   * @param stopping asked when an attempt broke: true if the whole run is being stopped
   */
  public Calibration(
      Station station,
      Jobs jobs,
      CpuSplit cpus,
      Path folder,
      Progress progress,
      boolean evidence,
      boolean leavesServers,
      BooleanSupplier stopping) {
    this.leavesServers = leavesServers;
    this.attempts =
        new CalibrationAttempts(
            evidence ? MOST_IDLE : 1, jobs.calibrationCounts(), NanoClock.SYSTEM, progress);
    this.stopping = stopping;
    this.station = station;
    this.jobs = jobs;
    this.cpus = cpus;
    this.folder = folder;
    this.progress = progress;
  }

  /** Each server's round trip is measured, too, when it is warm for the first time. */
  Calibration with(RoundTripMeasurement measurement) {
    roundTrips = measurement;
    return this;
  }

  /** False if {@link #of} would have to measure first. */
  boolean knows(String server) throws IOException {
    return read(BEFORE).containsKey(server);
  }

  /**
   * The capacity of a server.
   *
   * @param affords whether there is time to repeat an attempt, which takes about so long
   */
  public Capacity of(String server, Predicate<Duration> affords) throws IOException {
    Map<String, Capacity> known = read(BEFORE);
    Capacity capacity = known.get(server);
    if (capacity == null) {
      capacity = measure(server, affords).orRefused();
      known.put(server, capacity);
      write(BEFORE, known);
    }
    return capacity;
  }

  /**
   * Measures the capacity once more, when all cells are done: a run in which it has drifted has
   * offered other multiples than it says. Kept in {@code capacity-after.json}.
   *
   * @param affords as above
   */
  void again(String server, Predicate<Duration> affords) throws IOException {
    Map<String, Capacity> first = read(BEFORE);
    Map<String, Capacity> after = read(AFTER);
    Capacity before = first.get(server);
    if (before != null && !after.containsKey(server)) {
      Capacity now = measure(server, affords);
      after.put(server, now);
      write(AFTER, after);
      Drift drift = before.driftTo(now);
      progress.phase(
          String.format(
              Locale.ROOT,
              "capacity of %s: %.0f/s, %.0f/s before: %s",
              server,
              now.perSecond(),
              before.perSecond(),
              !now.precise()
                  ? "scatters too much to tell"
                  : drift.drifted() ? "DRIFTED" : "steady"));
    }
  }

  private Capacity measure(String server, Predicate<Duration> affords) throws IOException {
    return attempts.best(times -> unbroken(server, times), affords);
  }

  /** As a cell, an attempt whose server or load generator ended is repeated once. */
  private Capacity unbroken(String server, int length) throws IOException {
    try {
      return attempt(server, length);
    } catch (HostException e) {
      if (stopping.getAsBoolean()) {
        throw e;
      }
      progress.phase("calibrating again: " + e.getMessage());
      return attempt(server, length);
    }
  }

  private Capacity attempt(String server, int length) throws IOException {
    close();
    progress.phase("calibrating " + server);
    RunningServer running = station.startAdmitting(server, neverIdle());
    left = running;
    try {
      Capacity capacity = capacity(server, running, length);
      if (roundTrips != null) {
        roundTrips.of(server, running);
      }
      return capacity;
    } finally {
      if (!leavesServers) {
        close();
      }
    }
  }

  private Capacity capacity(String server, RunningServer running, int length) throws IOException {
    double serviceSeconds = station.serviceSeconds(running);
    tooLong(server, serviceSeconds, station.deadline())
        .filter(warned::add) // once, however often it is attempted
        .ifPresent(progress::warning);
    if (running instanceof TargetServer target) {
      return ClosedLoop.capacity(
          target,
          station.taskUnits(),
          station.workers(),
          cpus.server(),
          jobs.calibrationCounts().multipliedBy(length));
    }
    LoadJob job =
        jobs.calibration(running.workAddress(), serviceSeconds, cpus.server().size(), length);
    Machine.Ticks ticks = new Machine(running.root()).ticks(cpus.server());
    LoadResult load = station.load(job, folder.resolve("calibration").resolve(Cell.slug(server)));
    double stolen = new Machine(running.root()).ticks(cpus.server()).stolenSince(ticks);
    ServerControl.of(running).counts(); // it has lived to the end, or there is no answer
    requireClocks(station.clockSteps().seconds());
    Capacity capacity =
        Capacity.of(
                Station.between(
                    new Samples(Samples.byThisClock(running, running.clock())),
                    load,
                    job.leadInSeconds(),
                    Station.seconds(job)),
                cpus.server().size())
            .with(stolen);
    foresee(capacity, load);
    return capacity;
  }

  /**
   * Says it if the load generators will hardly play the greatest load: its requests cost the same.
   */
  private void foresee(Capacity capacity, LoadResult load) {
    double greatest = station.greatestLoad();
    double offered = load.window().outcomes().total() / load.window().seconds();
    double share = load.generator().cpuShare() * greatest * capacity.perSecond() / offered;
    LoadGenerators.busy(greatest, share, cpus.injectors().size()).ifPresent(progress::phase);
  }

  /**
   * What is wrong with a task that takes longer than the deadline even alone; empty if none does.
   */
  static Optional<String> tooLong(String server, double serviceSeconds, Duration deadline) {
    double most = deadline.toNanos() / 1e9;
    return serviceSeconds <= most
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "a task alone takes %.0f ms on %s, and the deadline is %.0f ms: no answer will be in"
                    + " time; make it smaller with task or task-units",
                1e3 * serviceSeconds,
                server,
                1e3 * most));
  }

  /**
   * The server whose capacity was measured last, still running and warm, if it has the settings of
   * a cell; else it ends, and the result is null. The caller closes it.
   */
  public @Nullable RunningServer takeServer(Cell cell) {
    boolean own = Strategies.installed().composition(cell.strategy()).needsNativeLimiter();
    boolean limited = left instanceof TargetServer && !cell.strategy().equals(OwnStrategy.NAME);
    if (!cell.variant().isEmpty() || own || limited) {
      close();
    }
    RunningServer taken = left;
    left = null;
    return taken;
  }

  /** Ends the server that nobody has taken. */
  @Override
  public void close() {
    if (left != null) {
      left.close();
      left = null;
    }
  }

  private static void requireClocks(double step) {
    for (Check check : Validity.clocks(0, step)) {
      if (!check.ok()) {
        throw new HostException("calibration: " + check.name(), check.value(), check.bound());
      }
    }
  }

  /** Keeps every worker busy and the excess out, without losing work to clients that gave up. */
  private String neverIdle() {
    int workers = station.workers();
    return "fixed:limit=" + workers + "+fifo:capacity=" + 4 * workers + ",timeout=1min";
  }

  private Map<String, Capacity> read(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file)
        ? JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Capacity>>() {})
        : new TreeMap<>();
  }

  private void write(String name, Map<String, Capacity> capacities) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(
        folder.resolve(name),
        JSON.writer(StrictJson.printer()).writeValueAsString(capacities) + "\n",
        true);
  }
}
