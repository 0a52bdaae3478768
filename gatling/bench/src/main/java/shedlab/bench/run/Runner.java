package shedlab.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.bench.control.ServerControl;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.LoadGenerators;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.LocalProcess;
import shedlab.bench.host.RunningServer;
import shedlab.bench.network.RoundTripMeasurement;
import shedlab.report.finding.FloorWords;
import shedlab.report.raw.Floor.When;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;
import shedlab.report.result.RunFiles;

/**
 * Carries a plan out: calibrates every server, then for each group a fresh server, its contract
 * verified, both sides warmed, one cell after the other. (A smoke run measures the first group of
 * each server on the one that was calibrated.) A finished cell is on disk before the next begins;
 * cells already on disk are not measured again.
 */
public final class Runner {
  private final Plan plan;
  private final Goal goal;
  private final RunFiles files;
  private final Progress progress;
  private final Station station;
  private final CellMeasurement measurement;
  private final Calibration calibration;
  private final FloorMeasurement floor;
  private final int injectors;
  private long turnedToNanos;
  private double loadSecondsBefore;
  private volatile boolean stopped;

  /** A run into {@code files}, which hold its plan. */
  public Runner(
      Plan plan,
      Goal goal,
      int taskUnits,
      CpuSplit cpus,
      Host host,
      RunFiles files,
      Progress progress) {
    this.plan = plan;
    this.goal = goal;
    this.files = files;
    this.progress = progress;
    this.injectors = cpus.injectors().size();
    Path folder = files.folder();
    Jobs jobs = new Jobs(plan.experiment(), taskUnits);
    this.station = new Station(plan, taskUnits, host, jobs, folder, progress);
    this.measurement = new CellMeasurement(plan.experiment(), cpus, jobs, station, folder);
    this.floor = new FloorMeasurement(host, folder, progress, plan.experiment().evidence());
    // A smoke run keeps the first capacity, and the server for the first cells: a check of each
    // cell says whether the server was busy.
    boolean evidence = plan.experiment().evidence();
    this.calibration =
        new Calibration(
                station, jobs, cpus, folder, progress, evidence, !evidence, this::stoppedSoon)
            .with(new RoundTripMeasurement(station::load, folder, evidence, progress::phase));
  }

  /** Records nothing from now on: a failure would only be a consequence of stopping. Any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Measures every cell that has no final result yet.
   *
   * @throws HostException if a server cannot be calibrated
   */
  public void run() throws IOException {
    try (calibration) {
      measureAll();
    } catch (HostException e) {
      if (!stoppedSoon()) {
        throw e;
      }
    }
  }

  private void measureAll() throws IOException {
    floor.measure(When.BEFORE);
    turnToNext();
    do {
      measureAll(goal.plan());
    } while (!stopped && goal.goOn());
    if (plan.experiment().evidence()) {
      int done = goal.plan().size();
      for (String server : plan.experiment().servers()) {
        done++;
        Duration rest = goal.plan().estimate(done);
        if (!stopped) {
          calibration.again(server, repeat -> goal.affords(repeat, rest));
          progress.calibratedAgain();
        }
      }
    }
    if (!stopped) {
      floor.measure(When.AFTER);
    }
  }

  private void measureAll(Plan wanted) throws IOException {
    Set<String> done =
        files.finalCells().stream().map(c -> c.key().id()).collect(Collectors.toSet());
    for (Plan.Group group : wanted.groups()) {
      List<Cell> cells = group.cells().stream().filter(c -> !done.contains(c.id())).toList();
      if (!cells.isEmpty() && !stopped) {
        Capacity capacity = capacity(group.server());
        measure(cells, capacity, calibration.takeServer(cells.get(0)));
      }
    }
  }

  private Capacity capacity(String server) throws IOException {
    boolean known = calibration.knows(server);
    Capacity capacity = calibration.of(server, repeat -> true); // no 1x without it
    if (!known) {
      turnToNext(); // a calibration is no part of a cell
    }
    return capacity;
  }

  /** A failure may be the first sign of Ctrl-C, which reaches servers as soon as this JVM. */
  private boolean stoppedSoon() {
    for (int i = 0; i < 20 && !stopped; i++) {
      pause();
    }
    return stopped;
  }

  private void measure(List<Cell> cells, Capacity capacity, @Nullable RunningServer calibrated)
      throws IOException {
    try (ServerLease lease = new ServerLease(calibrated)) {
      for (Cell cell : cells) {
        CellResult result = lease.measure(cell, attemptsOf(cell) + 1, capacity);
        if (result != null && !stopped && !files.isFinal(result)) {
          append(result);
          progress.phase("again: " + verdict(result));
          lease.end(); // the cause may be in the server
          result = lease.measure(cell, attemptsOf(cell) + 1, capacity);
        }
        if (result == null || stopped) {
          return;
        }
        append(result);
        progress.finished(result, verdict(result));
      }
    }
  }

  private void append(CellResult result) throws IOException {
    files.append(result);
    turnToNext();
  }

  private void turnToNext() {
    turnedToNanos = System.nanoTime();
    loadSecondsBefore = station.loadSeconds();
  }

  /**
   * What the cell has cost besides its loads, the end of the server before it included; a load that
   * broke off counts in full.
   */
  private double overheadSeconds() {
    double all = (System.nanoTime() - turnedToNanos) / 1e9;
    return all - (station.loadSeconds() - loadSecondsBefore);
  }

  /** How often a cell was measured, in earlier sessions too. */
  private int attemptsOf(Cell cell) {
    return files.cells().stream()
        .filter(result -> result.key().id().equals(cell.id()))
        .mapToInt(result -> result.key().attempt())
        .findFirst()
        .orElse(0);
  }

  /** The server for the cells of a group; a new one when the last cannot be used any more. */
  private final class ServerLease implements AutoCloseable {
    private @Nullable RunningServer server;
    private String strategy = "";

    ServerLease(@Nullable RunningServer warm) {
      this.server = warm;
    }

    /** Null if the run is being stopped. */
    @Nullable CellResult measure(Cell cell, int attempt, Capacity capacity) throws IOException {
      try {
        if (server != null && !ServerControl.of(server).awaitIdle()) {
          end(); // it would work off the last cell's load in this one
        }
        String filled = plan.filled(cell, capacity.perSecond());
        if (server == null) {
          progress.phase("warming up " + cell.server() + " " + cell.strategy());
          server = station.start(cell.server(), filled, cell.variant(), capacity);
        } else if (!strategy.equals(filled)) {
          progress.phase("taking " + cell.strategy());
          station.exchange(server, filled, cell.variant(), capacity);
        }
        strategy = filled;
        progress.phase(cell.id());
        return measurement.of(
            cell, key(cell, attempt), server, capacity, Runner.this::overheadSeconds);
      } catch (HostException e) {
        if (stoppedSoon()) {
          return null;
        }
        CellResult result = failed(cell, attempt, capacity, e, server);
        end();
        return result;
      }
    }

    @Override
    public void close() {
      end();
    }

    void end() {
      if (server != null) {
        server.close();
        server = null;
      }
    }
  }

  /** The place in the run of the cell that is being measured. */
  private int order() {
    return files.finalCells().size() + 1;
  }

  private CellResult failed(
      Cell cell,
      int attempt,
      Capacity capacity,
      HostException cause,
      @Nullable RunningServer server) {
    String why = String.valueOf(cause.getMessage());
    return CellResult.failed(
        key(cell, attempt),
        capacity.perSecond(),
        server == null ? why : LocalProcess.withLastLine(why, server.lastLine()),
        overheadSeconds());
  }

  private CellKey key(Cell cell, int attempt) {
    return cell.key(attempt, order());
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw HostException.interrupted("a pause", e);
    }
  }

  private String verdict(CellResult result) {
    if (result.judgement().failure() != null) {
      return "FAILED: " + result.judgement().failure();
    }
    long p99 = result.clientSide().admittedLatency().p99();
    String figures =
        String.format(
            Locale.ROOT,
            "goodput %.0f/s of %.0f/s offered, p99 %s, 429s %.1f %%",
            result.clientSide().goodputPerSecond(),
            result.clientSide().offeredPerSecond(),
            p99 == 0
                ? "–" // of no 200
                : String.format(Locale.ROOT, "%.1f ms", p99 / 1e3)
                    + new FloorWords(floor.floor()).mark(p99, Latency::p99),
            100 * result.clientSide().shedShare());
    String broken =
        result.judgement().checks().stream()
            .filter(check -> !check.ok())
            .map(check -> check.name() + " " + check.value() + " (" + check.bound() + ")")
            .collect(Collectors.joining(", "));
    String advice = LoadGenerators.advice(result, injectors).map(line -> "; " + line).orElse("");
    return broken.isEmpty() ? figures : figures + "; INVALID: " + broken + advice;
  }
}
