package shedlab.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.bench.clock.ClockChecks;
import shedlab.bench.control.ServerControl;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.fleet.KillSwitch;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.RunningServer;
import shedlab.bench.machine.ControlGroups;
import shedlab.bench.machine.Machine;
import shedlab.bench.profile.CellFlame;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.JvmKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.bench.targets.TargetServer;
import shedlab.report.clock.ClockOffset;
import shedlab.report.file.WholeFile;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.RawCell;
import shedlab.report.raw.Reaction;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Judgement;
import shedlab.report.result.Latency;
import shedlab.report.result.ServerSide;

/** Measures one cell on a server that is ready: its load, both sides' figures, its certificate. */
public final class CellMeasurement {
  /** Of a row, and of a request that starts late. */
  private static final double OFFERED_SECONDS = 2 * ClientCsv.ROW_MILLIS / 1e3;

  private final Experiment experiment;
  private final CpuSplit cpus;
  private final Jobs jobs;
  private final Station station;
  private final Path folder;

  /** Of an experiment, whose raw files go below a folder. */
  public CellMeasurement(
      Experiment experiment, CpuSplit cpus, Jobs jobs, Station station, Path folder) {
    this.experiment = experiment;
    this.cpus = cpus;
    this.jobs = jobs;
    this.station = station;
    this.folder = folder;
  }

  /**
   * Measures a cell.
   *
   * @param overheadSeconds what the cell has cost besides its load, asked at the end
   */
  public CellResult of(
      Cell cell,
      CellKey key,
      RunningServer server,
      Capacity capacity,
      DoubleSupplier overheadSeconds)
      throws IOException {
    ServerControl probe = ServerControl.of(server);
    Path cellFolder = folder.resolve("cells").resolve(cell.id());
    if (experiment.steady(cell.variant())) {
      probe.awaitQuiet();
    }
    probe.reset();
    ServerCounts before = probe.counts(); // null if it does not tell
    ClockOffset clockBefore = server.clock();
    Machine.Ticks ticks = new Machine(server.root()).ticks(cpus.server());
    ControlGroups groups = station.controlGroups(server);
    double throttledBefore = groups.throttledSeconds();
    Settings settings = experiment.of(cell.variant());
    Optional<Disturbance> planned = Disturbance.of(settings, cell.load());
    LoadJob job = jobs.cell(cell, server.workAddress(), capacity.perSecond());
    CpuSwitch cpu = CpuSwitch.of(server::cpuShare, settings, planned);
    KillSwitch kill = killSwitch(server, settings, planned);
    HealthProbe health = settings.get(Schema.HEALTHZ) ? new HealthProbe(server.healthUrl()) : null;
    LoadResult load;
    try (cpu;
        kill;
        health) {
      load = station.load(job, cellFolder, cpu.andThen(kill));
    }
    double stolen = new Machine(server.root()).ticks(cpus.server()).stolenSince(ticks);
    double throttled = groups.throttledSeconds() - throttledBefore;
    ServerCounts after = probe.settledCounts();
    ServerCounts counts = before == null || after == null ? null : after.since(before);
    ClockOffset clock = clockBefore.spanning(server.clock());
    Instant asked = Instant.now();
    Samples all = samples(server, clock, load, cellFolder);
    List<Check> clocks =
        new ArrayList<>(
            Validity.clocks(Math.max(0, all.secondsBehind(asked)), station.clockSteps().seconds()));
    clocks.addAll(ClockChecks.server(clock));
    double end = Station.seconds(job);
    Samples whole = Station.between(all, load, 0, end);
    Samples window = Station.between(all, load, job.leadInSeconds(), end);
    write(whole.file().since(load.zeroEpochMicros()), cellFolder);
    if (experiment.settings().get(JvmKeys.PROFILE_CPU)) {
      long from = Station.epoch(load, job.leadInSeconds());
      CellFlame.write(server, CellFlame.title(cell), from, Station.epoch(load, end), cellFolder);
    }

    if (counts != null && !Double.isNaN(kill.killedAt())) {
      long unseen = probe.unseen(offered(cellFolder, load));
      counts = counts.lacking(unseen * settings.get(Schema.RETRY).value().tries());
    }

    Double cpuShare = window.tellsCpu() ? window.cores() / cpus.server().size() : null;
    List<Check> checks =
        new ArrayList<>(Validity.of(cell, experiment, capacity, load, counts, window, stolen));
    checks.add(Validity.throttled(throttled));
    checks.addAll(clocks);
    LoadResult.Window clients = load.window();
    return CellResult.of(
        key,
        capacity.perSecond(),
        ClientSide.of(clients.seconds(), clients.outcomes(), clients.admitted(), clients.shed())
            .with(
                job.clients().retries() ? clients.attempts() : null,
                clients.tenants(),
                planned.isEmpty()
                    ? null
                    : dynamics(cellFolder, capacity, actual(cpu, kill, planned.get())),
                health == null ? null : health.latency(),
                pauses(cellFolder),
                clients.figures()),
        new ServerSide(
            cpuShare,
            window.unlimited() ? null : window.mean(ServerCsv.Row::limit),
            window.tellsGauges() ? window.mean(ServerCsv.Row::inflight) : null,
            window.tellsGauges() ? window.mean(ServerCsv.Row::waiting) : null,
            window.use(),
            counts == null ? Map.of() : counts.shed()),
        new Judgement(
            checks,
            ServerFindings.of(cell, experiment, capacity, load, counts, window, cpuShare),
            null,
            Prediction.shedShare(cell, experiment, cpus.server().size()),
            overheadSeconds.getAsDouble(),
            gatlingReport(cell.id())));
  }

  private static KillSwitch killSwitch(
      RunningServer server, Settings settings, Optional<Disturbance> planned) {
    return settings.get(FleetKeys.KILL).isEmpty() || planned.isEmpty()
        ? KillSwitch.none()
        : KillSwitch.of(server, planned.get().from(), planned.get().to());
  }

  /** When it really was; what never was is as planned. */
  private static Disturbance actual(CpuSwitch cpu, KillSwitch kill, Disturbance planned) {
    return Double.isNaN(kill.killedAt())
        ? cpu.actual(planned)
        : new Disturbance(kill.killedAt(), kill.backAt());
  }

  /** By the rows in which they were due, so some more. */
  private static ServerControl.Offered offered(Path cellFolder, LoadResult load)
      throws IOException {
    ClientCsv clients = ClientCsv.read(cellFolder);
    return (from, to) ->
        clients.rows().stream()
            .filter(row -> row.second() >= (from - load.zeroEpochMicros()) / 1e6 - OFFERED_SECONDS)
            .filter(row -> row.second() <= (to - load.zeroEpochMicros()) / 1e6)
            .mapToLong(ClientCsv.Row::offered)
            .sum();
  }

  /** Its own, or what is known of a target. */
  private static Samples samples(
      RunningServer server, ClockOffset clock, LoadResult load, Path cellFolder)
      throws IOException {
    ServerCsv samples = Samples.byThisClock(server, clock);
    return new Samples(
        server instanceof TargetServer
            ? TargetSamples.of(samples, ClientCsv.read(cellFolder), load.zeroEpochMicros())
            : samples);
  }

  private static void write(ServerCsv samples, Path cellFolder) throws IOException {
    try {
      samples.write(cellFolder);
    } catch (IOException e) {
      throw WholeFile.naming(cellFolder.resolve(ServerCsv.FILE), e);
    }
  }

  private static Latency pauses(Path cellFolder) throws IOException {
    Histogram micros = LatencyLog.read(cellFolder).get(LatencyLog.Kind.PAUSE);
    return micros == null ? Latency.NONE : Latency.of(micros);
  }

  private Dynamics dynamics(Path cellFolder, Capacity capacity, Disturbance disturbance)
      throws IOException {
    return Reaction.of(
        ClientCsv.read(cellFolder),
        capacity.perSecond(),
        experiment.deadline().toMillis(),
        disturbance.from(),
        disturbance.to());
  }

  private @Nullable String gatlingReport(String id) {
    String first = // of several load generators
        new RawCell(folder.resolve("cells").resolve(id))
            .parts().stream().findFirst().map(part -> part.folder() + "/").orElse("");
    String page = "cells/" + id + "/" + first + "gatling/index.html";
    return Files.exists(folder.resolve(page)) ? page : null;
  }
}
