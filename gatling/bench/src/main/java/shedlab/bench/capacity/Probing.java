package shedlab.bench.capacity;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.bench.control.ServerControl;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.HostException;
import shedlab.bench.host.RunningServer;
import shedlab.bench.run.Capacity;
import shedlab.bench.run.CellMeasurement;
import shedlab.bench.run.Jobs;
import shedlab.report.raw.LatencyLog;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;

/**
 * The measurements of a search for one server under one strategy, which has a server of its own.
 */
final class Probing implements Search.Subject, AutoCloseable {
  /** What a measurement takes besides its load, until one has shown that it is more. */
  static final double OVERHEAD_SECONDS = 3;

  private final CapacitySearch search;
  private final Plan plan;
  private final Objective objective;
  private final CapacityFiles files;
  private final Cell subject;
  private final Capacity capacity;
  private final long began;
  private final List<Probe> probes = new ArrayList<>();
  private final Map<Integer, CellMeasurement> measurements = new HashMap<>();
  private @Nullable RunningServer server;

  /** Whether the server still has the strategy of the calibration. */
  private boolean calibrated;

  private double overheadSeconds = OVERHEAD_SECONDS;

  /**
   * The measurements of a search.
   *
   * @param warm the server that was calibrated; null if it has ended
   * @param began when the time of the search began, in nanoseconds
   */
  Probing(
      CapacitySearch search,
      Cell subject,
      Capacity capacity,
      @Nullable RunningServer warm,
      long began) {
    this.server = warm;
    this.calibrated = warm != null;
    this.search = search;
    this.plan = search.plan;
    this.objective = search.objective;
    this.files = search.files;
    this.subject = subject;
    this.capacity = capacity;
    this.began = began;
  }

  @Override
  public double seconds(double load, Search.Kind kind) {
    return search.timing.load(capacity.perSecond(), load, kind) + overheadSeconds;
  }

  /** Without the start of a server, if a measurement would have to begin with one. */
  @Override
  public double secondsLeft() {
    double start = server == null ? search.timing.start() : 0;
    return search.stopped() ? -1 : search.time.toMillis() / 1e3 - secondsSpent() - start;
  }

  private double secondsSpent() {
    return (System.nanoTime() - began) / 1e9;
  }

  @Override
  public boolean keeps(double load, Search.Kind kind) throws IOException {
    Probe probe = measure(load, kind, 1);
    if (!probe.valid() && !search.stopped() && seconds(load, kind) <= secondsLeft()) {
      probe = measure(load, kind, 2);
    }
    return probe.kept();
  }

  private Probe measure(double load, Search.Kind kind, int attempt) throws IOException {
    String id = id(load);
    Probe probe;
    try {
      probe = measured(id, load, kind, attempt);
    } catch (HostException e) {
      if (search.stoppedSoon()) {
        return Probe.failed(id, load, kind, attempt, "stopped");
      }
      String last = server == null ? "" : "; the server's last line: " + server.lastLine();
      probe = Probe.failed(id, load, kind, attempt, e.getMessage() + last);
      end();
    }
    if (!search.stopped()) {
      probes.add(probe);
      files.put(answer(new Search.Found(null, null, true)));
      tell(probe);
    }
    return probe;
  }

  private Probe measured(String id, double load, Search.Kind kind, int attempt) throws IOException {
    if (server != null && !ServerControl.of(server).awaitIdle()) {
      end(); // it would work off the last load in this one
    }
    // Other arrivals: a load may have been found because these suited it.
    int repeat = kind == Search.Kind.CONFIRMATION ? 2 : 1;
    Cell cell = new Cell(id, subject.server(), subject.strategy(), subject.variant(), load, repeat);
    String strategy = plan.filled(cell, capacity.perSecond());
    if (server == null) {
      search.progress.phase("warming up " + subject.server() + " " + subject.strategy());
      server = search.station.start(subject.server(), strategy, subject.variant(), capacity);
    } else if (calibrated) {
      search.progress.phase("taking " + subject.strategy());
      search.station.exchange(server, strategy, subject.variant(), capacity);
    }
    calibrated = false;
    double before = secondsSpent();
    CellResult result =
        measurements
            .computeIfAbsent(
                search.timing.window(capacity.perSecond(), load, kind), this::measurement)
            .of(cell, key(cell, attempt), server, capacity, () -> 0);
    double besides = secondsSpent() - before - search.timing.load(capacity.perSecond(), load, kind);
    overheadSeconds = Math.max(overheadSeconds, besides);
    Histogram admitted =
        LatencyLog.read(files.folder().resolve("cells").resolve(id))
            .getOrDefault(LatencyLog.Kind.ADMITTED, new Histogram(3));
    return Probe.of(
        id,
        load,
        kind,
        attempt,
        result.clientSide(),
        objective.figures(result.clientSide().outcomes(), admitted, search.floor()),
        result.judgement().checks());
  }

  private CellMeasurement measurement(int seconds) {
    Experiment experiment = plan.experiment().measuring(Duration.ofSeconds(seconds));
    return new CellMeasurement(
        experiment,
        search.cpus,
        Jobs.alikeAtEveryLoad(experiment, search.taskUnits),
        search.station,
        files.folder());
  }

  /** Unique in the run, in the order of measurement. */
  private String id(double load) {
    String planned = subject.id();
    return String.format(
        Locale.ROOT,
        "%s-p%02d-%s",
        planned.substring(0, planned.lastIndexOf('-', planned.lastIndexOf("x-r"))),
        probes.size() + 1,
        Answer.x(load));
  }

  private CellKey key(Cell cell, int attempt) {
    return cell.key(attempt, probes.size() + 1);
  }

  private void tell(Probe probe) {
    search.line.accept(
        String.format(
            Locale.ROOT,
            "  [%3.0f s] %s %s, %.0f/s for %.0f s: %s: %s%s",
            secondsSpent(),
            probe.confirmation() ? "confirms" : "probes  ",
            Answer.x(probe.load()),
            probe.load() * capacity.perSecond(),
            probe.windowSeconds(),
            probe.said(),
            probe.verdict(),
            probe.broken().isEmpty() ? "" : "; INVALID: " + probe.broken()));
  }

  Answer answer(Search.Found found) {
    return Answer.of(
        subject.server(),
        subject.strategy(),
        subject.variant(),
        capacity,
        found,
        secondsSpent(),
        probes);
  }

  private void end() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  public void close() {
    end();
  }
}
