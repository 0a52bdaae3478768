package shedlab.gatling.experiment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.gatling.host.CpuSplit;
import shedlab.gatling.host.Host;
import shedlab.gatling.host.HostException;
import shedlab.gatling.host.Hosted;
import shedlab.gatling.host.ServerSettings;
import shedlab.gatling.load.LoadJob;
import shedlab.gatling.load.LoadResult;
import shedlab.gatling.result.CellResult;
import shedlab.gatling.result.Check;
import shedlab.gatling.result.Latency;
import shedlab.gatling.result.Outcomes;
import shedlab.gatling.result.RunFiles;
import shedlab.load.LoadProfile;

/**
 * Carries a plan out: calibrates every server, then for each group a fresh server, its contract
 * verified, both sides warmed, one cell after the other. A finished cell is on disk before the next
 * begins; cells already on disk are not measured again.
 */
public final class Runner {
  private static final int SETTLE_SECONDS = 20;
  private static final int CALIBRATIONS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Plan plan;
  private final int taskUnits;
  private final CpuSplit cpus;
  private final Host host;
  private final RunFiles files;
  private final Path folder;
  private final Progress progress;
  private final Jobs jobs;
  private boolean injectorWarm;
  private volatile boolean stopped;

  /** A run into {@code files}, which hold its plan. */
  public Runner(
      Plan plan, int taskUnits, CpuSplit cpus, Host host, RunFiles files, Progress progress) {
    this.plan = plan;
    this.taskUnits = taskUnits;
    this.cpus = cpus;
    this.host = host;
    this.files = files;
    this.folder = files.folder();
    this.progress = progress;
    this.jobs = new Jobs(plan.experiment(), taskUnits);
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
    Set<String> done = files.cells().stream().map(CellResult::id).collect(Collectors.toSet());
    Map<String, Capacity> capacities = readCapacities();
    for (Plan.Group group : plan.groups()) {
      List<Cell> cells = group.cells().stream().filter(c -> !done.contains(c.id())).toList();
      if (!cells.isEmpty() && !stopped) {
        Capacity capacity = capacities.get(group.server());
        if (capacity == null) {
          capacity = calibrate(group.server());
          capacities.put(group.server(), capacity);
          writeCapacities(capacities);
        }
        measure(cells, capacity);
      }
    }
  }

  /** The first attempt in which the server had no idle moment, or the busiest of a few. */
  private Capacity calibrate(String server) throws IOException {
    Capacity busiest = attempt(server);
    for (int i = 1; i < CALIBRATIONS && !busiest.saturated(); i++) {
      progress.phase("calibration not saturated, again");
      Capacity again = attempt(server);
      busiest = again.cpuShare() > busiest.cpuShare() ? again : busiest;
    }
    return busiest;
  }

  /** What broke may be the first sign of Ctrl-C, which reaches servers as fast as this JVM. */
  private boolean stoppedSoon() {
    for (int i = 0; i < 20 && !stopped; i++) {
      pause();
    }
    return stopped;
  }

  private Capacity attempt(String server) throws IOException {
    progress.phase("calibrating " + server);
    try (Hosted hosted = host.startServer(settings(server, neverIdle()))) {
      ServerProbe probe = ready(hosted);
      LoadJob job =
          jobs.calibration(hosted.loadUrl(), probe.serviceSeconds(taskUnits), cpus.server().size());
      LoadResult load = load(job, folder.resolve("calibration").resolve(server));
      return Capacity.of(
          samples(hosted, load, job.leadInSeconds(), seconds(job)), cpus.server().size());
    }
  }

  private void measure(List<Cell> cells, Capacity capacity) throws IOException {
    Hosted server = null;
    try {
      for (Cell cell : cells) {
        boolean last = cell.equals(cells.get(cells.size() - 1));
        CellResult result;
        try {
          if (server == null) {
            progress.phase("warming up " + cell.server() + " " + cell.strategy());
            server = host.startServer(settings(cell.server(), cell.strategy()));
            ready(server);
          }
          progress.phase(cell.id());
          ServerProbe probe = new ServerProbe(server.url());
          result = measure(cell, server, probe, capacity);
          if (!last && !settle(probe)) { // it would still work off this cell's load in the next
            server.close();
            server = null;
          }
        } catch (HostException e) {
          if (stoppedSoon()) {
            return;
          }
          result = failed(cell, capacity, e, server);
          if (server != null) {
            server.close();
            server = null;
          }
        }
        if (stopped) {
          return;
        }
        files.append(result);
        progress.finished(cell.id(), verdict(result));
      }
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }

  /** Verifies the contract and warms both sides. */
  private ServerProbe ready(Hosted server) {
    ServerProbe probe = new ServerProbe(server.url());
    probe.verifyContract();
    if (!injectorWarm) {
      jobs.injectorWarmUp(server.loadUrl()).forEach(job -> load(job, folder.resolve("warm-up")));
      injectorWarm = true;
    }
    load(jobs.warmUp(server.loadUrl()), folder.resolve("warm-up"));
    if (!settle(probe)) {
      throw new HostException("warm-up: server not idle after it (expected: all permits home)");
    }
    return probe;
  }

  private CellResult measure(Cell cell, Hosted server, ServerProbe probe, Capacity capacity)
      throws IOException {
    Path cellFolder = folder.resolve("cells").resolve(cell.id());
    ServerCounts before = probe.counts();
    Steal steal = Steal.now();
    LoadJob job = jobs.cell(cell, server.loadUrl(), capacity.perSecond());
    LoadResult load = load(job, cellFolder);
    double stolen = Steal.now().shareSince(steal);
    ServerCounts counts = settledCounts(probe).since(before);
    Samples whole = samples(server, load, 0, seconds(job));
    Samples window = whole.between(epoch(load, job.leadInSeconds()), epoch(load, seconds(job)));
    write(cellFolder.resolve("server.csv"), whole.toCsv(load.zeroEpochMicros()));

    double cpuShare = window.cores() / cpus.server().size();
    List<Check> checks =
        Validity.of(cell, plan.experiment(), capacity, load, counts, cpuShare, stolen);
    Outcomes outcomes = load.window();
    return new CellResult(
        CellResult.FORMAT,
        cell.id(),
        cell.server(),
        cell.strategy(),
        cell.load(),
        cell.repeat(),
        capacity.perSecond(),
        outcomes.total() / load.windowSeconds(),
        outcomes.good() / load.windowSeconds(),
        load.windowSeconds(),
        outcomes,
        load.admitted(),
        load.shed(),
        cpuShare,
        window.unlimited() ? null : window.mean(Samples.Row::limit),
        window.mean(Samples.Row::inflight),
        window.mean(Samples.Row::waiting),
        counts.shed(),
        Prediction.shedShare(cell.strategy(), cpus.server().size(), cell.load()),
        checks,
        null,
        gatlingReport(cell.id()));
  }

  private CellResult failed(
      Cell cell, Capacity capacity, HostException cause, @Nullable Hosted server) {
    Latency none = new Latency(0, 0, 0, 0, 0, 0);
    String lastWords = server == null ? "" : "; server: " + server.log();
    return new CellResult(
        CellResult.FORMAT,
        cell.id(),
        cell.server(),
        cell.strategy(),
        cell.load(),
        cell.repeat(),
        capacity.perSecond(),
        0,
        0,
        0,
        new Outcomes(0, 0, 0, 0, 0, 0),
        none,
        none,
        0,
        null,
        0,
        0,
        Map.of(),
        null,
        List.of(),
        cause.getMessage() + lastWords,
        null);
  }

  private LoadResult load(LoadJob job, Path into) {
    return host.injector()
        .run(
            job,
            into,
            report ->
                progress.load(
                    report.plannedSeconds() - report.elapsedSeconds(), report.startsPerSecond()));
  }

  private static double seconds(LoadJob job) {
    return new LoadProfile(job.profile()).seconds();
  }

  /** The server's samples between two seconds of a load. */
  private static Samples samples(Hosted server, LoadResult load, double from, double to) {
    return Samples.parse(server.samples()).between(epoch(load, from), epoch(load, to));
  }

  private static long epoch(LoadResult load, double second) {
    return load.zeroEpochMicros() + (long) (second * 1e6);
  }

  /** Waits until nobody is in flight; false if that takes too long. */
  private static boolean settle(ServerProbe probe) {
    for (int i = 0; i < SETTLE_SECONDS * 20; i++) {
      if (probe.counts().idle()) {
        return true;
      }
      pause();
    }
    return false;
  }

  /** The counts once no more requests come out of socket buffers: three equal readings. */
  private static ServerCounts settledCounts(ServerProbe probe) {
    ServerCounts counts = probe.counts();
    for (int equal = 0; equal < 3; ) {
      pause();
      ServerCounts again = probe.counts();
      boolean same = again.received() == counts.received();
      equal = same ? equal + 1 : 0;
      counts = again;
    }
    return counts;
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted", e);
    }
  }

  /** Keeps every worker busy and the excess out, without losing work to clients that gave up. */
  private String neverIdle() {
    int workers = plan.workers();
    return "fixed:limit=" + workers + "+fifo:capacity=" + 4 * workers + ",timeout=1min";
  }

  private ServerSettings settings(String server, String strategy) {
    Experiment experiment = plan.experiment();
    return new ServerSettings(
        server,
        strategy,
        taskUnits,
        plan.workers(),
        experiment.ioThreads(),
        experiment.workerNice(),
        experiment.compilerNice());
  }

  private @Nullable String gatlingReport(String id) {
    String page = "cells/" + id + "/gatling/index.html";
    return Files.exists(folder.resolve(page)) ? page : null;
  }

  private static String verdict(CellResult result) {
    if (result.failure() != null) {
      return "FAILED: " + result.failure();
    }
    String figures =
        String.format(
            Locale.ROOT,
            "goodput %.0f/s of %.0f/s offered, p99 %.1f ms, 429s %.1f %%",
            result.goodputPerSecond(),
            result.offeredPerSecond(),
            result.admittedLatency().p99() / 1e3,
            100 * result.shedShare());
    String broken =
        result.checks().stream()
            .filter(check -> !check.ok())
            .map(check -> check.name() + " " + check.value() + " (" + check.bound() + ")")
            .collect(Collectors.joining(", "));
    return broken.isEmpty() ? figures : figures + "; INVALID: " + broken;
  }

  private Map<String, Capacity> readCapacities() throws IOException {
    Path file = folder.resolve("capacity.json");
    return Files.exists(file)
        ? JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Capacity>>() {})
        : new TreeMap<>();
  }

  private void writeCapacities(Map<String, Capacity> capacities) throws IOException {
    write(
        folder.resolve("capacity.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(capacities) + "\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
