package shedlab.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Hosted;
import shedlab.bench.machine.Machine;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.Reaction;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Judgement;
import shedlab.report.result.RunFiles;
import shedlab.report.result.ServerSide;

/**
 * Carries a plan out: calibrates every server, then for each group a fresh server, its contract
 * verified, both sides warmed, one cell after the other. A finished cell is on disk before the next
 * begins; cells already on disk are not measured again.
 */
public final class Runner {
  private final Plan plan;
  private final CpuSplit cpus;
  private final RunFiles files;
  private final Path folder;
  private final Progress progress;
  private final Jobs jobs;
  private final Station station;
  private final Calibration calibration;
  private long turnedToNanos;
  private double loadSecondsBefore;
  private volatile boolean stopped;

  /** A run into {@code files}, which hold its plan. */
  public Runner(
      Plan plan, int taskUnits, CpuSplit cpus, Host host, RunFiles files, Progress progress) {
    this.plan = plan;
    this.cpus = cpus;
    this.files = files;
    this.folder = files.folder();
    this.progress = progress;
    this.jobs = new Jobs(plan.experiment(), taskUnits);
    this.station = new Station(plan, taskUnits, host, jobs, folder, progress);
    this.calibration = new Calibration(station, jobs, cpus, folder, progress, attempts(plan));
  }

  /**
   * A smoke run shows a capacity as it was found; the cells' certificates tell what it is worth.
   */
  private static int attempts(Plan plan) {
    return plan.experiment().evidence() ? 3 : 1;
  }

  /**
   * From now on nothing is recorded any more: what breaks, breaks because everything is being
   * stopped. Any thread.
   */
  public void stop() {
    stopped = true;
  }

  /** Measures every cell that has no result yet. */
  public void run() throws IOException {
    Set<String> done = files.cells().stream().map(c -> c.key().id()).collect(Collectors.toSet());
    turnToNext();
    for (Plan.Group group : plan.groups()) {
      List<Cell> cells = group.cells().stream().filter(c -> !done.contains(c.id())).toList();
      if (!cells.isEmpty() && !stopped) {
        measure(cells, capacity(group.server()));
      }
    }
    if (plan.experiment().evidence()) {
      for (String server : plan.experiment().servers()) {
        if (!stopped) {
          calibration.again(server);
        }
      }
    }
  }

  private Capacity capacity(String server) throws IOException {
    boolean known = calibration.knows(server);
    Capacity capacity = calibration.of(server);
    if (!known) {
      turnToNext(); // a calibration is no part of a cell
    }
    return capacity;
  }

  /** What broke may be the first sign of Ctrl-C, which reaches servers as fast as this JVM. */
  private boolean stoppedSoon() {
    for (int i = 0; i < 20 && !stopped; i++) {
      pause();
    }
    return stopped;
  }

  private void measure(List<Cell> cells, Capacity capacity) throws IOException {
    try (Seat seat = new Seat()) {
      for (Cell cell : cells) {
        CellResult result = seat.measure(cell, 1, capacity);
        if (result != null && worthAnother(result)) {
          append(result);
          progress.phase("again: " + verdict(result));
          seat.vacate(); // whatever spoilt it may be in the server
          result = seat.measure(cell, 2, capacity);
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

  /** A smoke run shows an invalid cell as it is, but what broke altogether is measured again. */
  private boolean worthAnother(CellResult result) {
    return result.judgement().failure() != null
        || (!result.valid() && plan.experiment().evidence());
  }

  /** A server for the cells of a group; a new one whenever the last cannot be used any more. */
  private final class Seat implements AutoCloseable {
    private @Nullable Hosted server;

    /** Null if the run is being stopped. */
    @Nullable CellResult measure(Cell cell, int attempt, Capacity capacity) throws IOException {
      try {
        if (server != null && !new ServerProbe(server.url()).awaitIdle()) {
          vacate(); // it would work off the last cell's load in this one
        }
        if (server == null) {
          progress.phase("warming up " + cell.server() + " " + cell.strategy());
          server =
              station.start(
                  cell.server(),
                  Plan.filled(cell.strategy(), capacity.perSecond()),
                  cell.variant());
        }
        progress.phase(cell.id());
        ServerProbe probe = new ServerProbe(server.url());
        return Runner.this.measure(cell, attempt, server, probe, capacity);
      } catch (HostException e) {
        if (stoppedSoon()) {
          return null;
        }
        CellResult result = failed(cell, attempt, capacity, e, server);
        vacate();
        return result;
      }
    }

    @Override
    public void close() {
      vacate();
    }

    void vacate() {
      if (server != null) {
        server.close();
        server = null;
      }
    }
  }

  private CellResult measure(
      Cell cell, int attempt, Hosted server, ServerProbe probe, Capacity capacity)
      throws IOException {
    Path cellFolder = folder.resolve("cells").resolve(cell.id());
    probe.reset();
    ServerCounts before = probe.counts();
    Machine.Ticks ticks = Machine.ofThisProcess().ticks();
    Settings settings = plan.experiment().of(cell.variant());
    Optional<Disturbance> planned = Disturbance.of(plan.experiment(), cell);
    CpuSwitch cpu = CpuSwitch.of(server::cpuShare, settings, planned);
    HealthProbe health = settings.get(Schema.HEALTHZ) ? new HealthProbe(server.url()) : null;
    LoadJob job = jobs.cell(cell, server.loadUrl(), capacity.perSecond());
    LoadResult load;
    try (cpu;
        health) {
      load = station.load(job, cellFolder, cpu);
    }
    double stolen = Machine.ofThisProcess().ticks().stolenSince(ticks);
    ServerCounts counts = probe.settledCounts().since(before);
    Samples all = new Samples(ServerCsv.parse(server.samples()));
    Check clocks = Validity.clocks(all.secondsBehind(Instant.now()));
    double end = Station.seconds(job);
    Samples whole = Station.between(all, load, 0, end);
    Samples window = Station.between(all, load, job.leadInSeconds(), end);
    whole.file().since(load.zeroEpochMicros()).write(cellFolder);

    double cpuShare = window.cores() / cpus.server().size();
    List<Check> checks =
        new ArrayList<>(
            Validity.of(cell, plan.experiment(), capacity, load, counts, window, cpuShare, stolen));
    checks.add(clocks);
    LoadResult.Window clients = load.window();
    return CellResult.of(
        key(cell, attempt),
        capacity.perSecond(),
        ClientSide.of(clients.seconds(), clients.outcomes(), clients.admitted(), clients.shed())
            .with(
                job.clients().retries() ? clients.attempts() : null,
                clients.tenants(),
                planned.isEmpty()
                    ? null
                    : dynamics(cellFolder, capacity, cpu.actual(planned.get())),
                health == null ? null : health.latency()),
        new ServerSide(
            cpuShare,
            window.unlimited() ? null : window.mean(ServerCsv.Row::limit),
            window.mean(ServerCsv.Row::inflight),
            window.mean(ServerCsv.Row::waiting),
            window.use(),
            counts.shed()),
        new Judgement(
            checks,
            null,
            Prediction.shedShare(cell, plan.experiment(), cpus.server().size()),
            overheadSeconds(),
            gatlingReport(cell.id())));
  }

  private Dynamics dynamics(Path cellFolder, Capacity capacity, Disturbance disturbance)
      throws IOException {
    return Reaction.of(
        ClientCsv.read(cellFolder),
        capacity.perSecond(),
        plan.experiment().deadline().toMillis(),
        disturbance.from(),
        disturbance.to());
  }

  /** The place in the run of the cell that is being measured. */
  private int order() {
    return files.cells().size() + 1;
  }

  private CellResult failed(
      Cell cell, int attempt, Capacity capacity, HostException cause, @Nullable Hosted server) {
    String lastWords = server == null ? "" : "; server: " + server.log();
    return CellResult.failed(
        key(cell, attempt),
        capacity.perSecond(),
        cause.getMessage() + lastWords,
        overheadSeconds());
  }

  private CellKey key(Cell cell, int attempt) {
    return new CellKey(
        cell.id(),
        cell.server(),
        cell.strategy(),
        cell.variant(),
        cell.load(),
        cell.repeat(),
        attempt,
        order());
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted", e);
    }
  }

  private @Nullable String gatlingReport(String id) {
    String page = "cells/" + id + "/gatling/index.html";
    return Files.exists(folder.resolve(page)) ? page : null;
  }

  private static String verdict(CellResult result) {
    if (result.judgement().failure() != null) {
      return "FAILED: " + result.judgement().failure();
    }
    String figures =
        String.format(
            Locale.ROOT,
            "goodput %.0f/s of %.0f/s offered, p99 %.1f ms, 429s %.1f %%",
            result.clientSide().goodputPerSecond(),
            result.clientSide().offeredPerSecond(),
            result.clientSide().admittedLatency().p99() / 1e3,
            100 * result.clientSide().shedShare());
    String broken =
        result.judgement().checks().stream()
            .filter(check -> !check.ok())
            .map(check -> check.name() + " " + check.value() + " (" + check.bound() + ")")
            .collect(Collectors.joining(", "));
    return broken.isEmpty() ? figures : figures + "; INVALID: " + broken;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
