package shedlab.report.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Shed;
import shedlab.load.ArrivalProcess;
import shedlab.report.raw.Capacities;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.RawCell;
import shedlab.report.raw.Recordings;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.Variant;

/**
 * One line of {@code cells.jsonl} against itself, the plan and the raw files of its cell, and these
 * against each other. Figures are computed with arithmetic of its own, on purpose: it shares none
 * with whatever made them.
 */
final class CellCheck {
  private final Manifest plan;
  private final CellResult cell;
  private final Path folder;
  private final String where;
  private final Differences differences;

  CellCheck(Manifest plan, CellResult cell, Path folder, Differences differences) {
    this.plan = plan;
    this.cell = cell;
    this.folder = folder;
    this.where = "cells.jsonl: " + cell.key().id();
    this.differences = differences;
  }

  /** Rates and counts that follow from other fields of the line. */
  void itself() {
    ClientSide client = cell.clientSide();
    if (client.windowSeconds() > 0) {
      double goodput = client.outcomes().good() / client.windowSeconds();
      same("clientSide.goodputPerSecond", client.goodputPerSecond(), goodput, "outcomes");
    }
    same(
        "clientSide.admittedLatency.count",
        client.admittedLatency().count(),
        client.outcomes().ok(),
        "outcomes");
    same(
        "clientSide.shedLatency.count",
        client.shedLatency().count(),
        client.outcomes().shed(),
        "outcomes");
    for (String reason : cell.serverSide().shedByReason().keySet()) {
      if (Stream.of(Shed.values()).noneMatch(known -> known.name().equalsIgnoreCase(reason))) {
        among("serverSide.shedByReason", reason, List.of(Shed.values()));
      }
    }
    Certificate.contradictions(cell.judgement())
        .forEach(contradiction -> differences.add(where, contradiction));
  }

  /** Whether the plan has such a cell. */
  void planned(Map<String, Capacities.Capacity> capacities) {
    Manifest.Grid grid = plan.grid();
    among("key.server", cell.server(), grid.servers());
    among("key.strategy", cell.strategy(), grid.strategies());
    if (!cell.variant().equals(Variant.TWIN)) { // of the reference, in plans that do not name it
      among("key.variant", cell.variant(), grid.variants().stream().map(Variant::name).toList());
    }
    among("key.load", cell.load(), grid.loads());
    if (cell.key().repeat() > grid.repeats()) {
      among("key.repeat", cell.key().repeat(), List.of("1 to " + grid.repeats()));
    }
    Capacities.Capacity capacity = capacities.get(cell.server());
    if (capacity != null) {
      same("capacityPerSecond", cell.capacityPerSecond(), capacity.perSecond(), "capacity.json");
      for (Check check : cell.judgement().checks()) {
        if (check.name().equals("server CPU in calibration") && capacity.cpuShare() != null) {
          same(check.name(), check.value(), Certificate.text(capacity.cpuShare()), "capacity.json");
        }
      }
    }
  }

  private void among(String key, Object found, List<?> planned) {
    if (!planned.contains(found)) {
      differences.add(where, key + ": " + found + " (expected: one of " + planned + ")");
    }
  }

  /** Checks every value that is also in the raw files; false if there are none. */
  boolean raw(Map<String, Capacities.Capacity> capacities) throws IOException {
    if (!Files.isDirectory(folder) || new RawCell(folder).files().isEmpty()) {
      return false;
    }
    if (plan.setUp().simulated()) {
      simulated();
      return false;
    }
    for (String file : RawCell.PUBLISHED) {
      if (!Files.isRegularFile(folder.resolve(file))) {
        differences.add("cells/" + cell.key().id() + "/" + file, "missing (expected: there)");
        return false;
      }
    }
    LoadResult client = LoadResult.read(folder);
    ClientCsv course = ClientCsv.read(folder);
    Map<LatencyLog.Kind, Histogram> times = LatencyLog.read(folder);
    ServerCsv samples = ServerCsv.read(folder);
    Dynamics dynamics = dynamics(course, client.job().leadInSeconds());
    same("clientSide", cell.clientSide(), told(client, dynamics), LoadResult.FILE);
    same(
        "clientSide.outcomes",
        cell.clientSide().outcomes(),
        ClientFiles.outcomesFrom(course, client.job().leadInSeconds()),
        ClientCsv.FILE);
    same(
        "clientSide.admittedLatency",
        cell.clientSide().admittedLatency(),
        counted(times.get(LatencyLog.Kind.ADMITTED), cell.clientSide().admittedLatency()),
        LatencyLog.FILE);
    same(
        "clientSide.shedLatency",
        cell.clientSide().shedLatency(),
        counted(times.get(LatencyLog.Kind.SHED), cell.clientSide().shedLatency()),
        LatencyLog.FILE);
    if (cell.clientSide().pauses() != null || times.containsKey(LatencyLog.Kind.PAUSE)) {
      Histogram pauses = times.getOrDefault(LatencyLog.Kind.PAUSE, new Histogram(3));
      same(
          "clientSide.pauses", cell.clientSide().pauses(), Percentiles.of(pauses), LatencyLog.FILE);
    }
    boolean killed = Changes.killed(plan, cell.variant());
    Map<String, Certificate.Known> told = Certificate.told(client, cell, killed);
    for (Check check : cell.judgement().checks()) {
      Certificate.Known known = told.get(check.name());
      if (known != null) {
        same(check.name(), check.value(), known.value(), LoadResult.FILE);
        String bound = known.bound() == null ? check.bound() : known.bound();
        same(check.name() + ", bound", check.bound(), bound, LoadResult.FILE);
      }
    }
    Optional<ArrivalProcess> arrivals =
        Recordings.arrivals(folder.resolve("../..").normalize(), client.job().arrivals());
    new ClientFiles(plan, cell, client, differences).check(course, times, arrivals);
    new GeneratorFiles(cell.key().id(), folder, client, differences).check(course, times);
    new ServerFile(plan, cell, client, differences).check(samples, capacities.get(cell.server()));
    return true;
  }

  /** A simulated client tells what ended in a row; a count of all rows goes beyond the window. */
  private void simulated() throws IOException {
    var raw = new RawCell(folder);
    if (raw.client().isEmpty() || raw.server().isEmpty()) {
      differences.add("cells/" + cell.key().id(), "no rows (expected: some)");
    }
  }

  /** What follows from {@code client.json}; of earlier formats, as far as they told. */
  private ClientSide told(LoadResult client, @Nullable Dynamics dynamics) {
    LoadResult.Window window = client.window();
    ClientSide found = cell.clientSide();
    return ClientSide.of(
            window.seconds(),
            window.outcomes(),
            meanAsFound(window.admitted(), found.admittedLatency()),
            meanAsFound(window.shed(), found.shedLatency()))
        .with(
            client.job().clients().retries() ? window.attempts() : null,
            window.tenants(),
            dynamics,
            found.healthz(),
            found.pauses(),
            window.figures());
  }

  private static Latency counted(@Nullable Histogram micros, Latency found) {
    return meanAsFound(Percentiles.of(micros == null ? new Histogram(3) : micros), found);
  }

  /** Earlier formats did not tell the mean. */
  private static Latency meanAsFound(Latency all, Latency found) {
    return found.mean() > 0
        ? all
        : new Latency(
            all.count(), all.p50(), all.p90(), all.p99(), all.p999(), all.max(), found.mean());
  }

  /** How the cell followed the change in its plan. */
  private @Nullable Dynamics dynamics(ClientCsv course, double leadIn) {
    double[] change = Changes.of(plan, cell.variant(), cell.load());
    return cell.clientSide().dynamics() == null || change.length == 0
        ? cell.clientSide().dynamics()
        : Followed.late(
            course,
            cell.capacityPerSecond(),
            plan.load().deadlineMillis(),
            new double[] {leadIn + change[0], leadIn + change[1]},
            Changes.lateRows(plan, cell.variant()),
            cell.clientSide().dynamics());
  }

  private void same(String key, @Nullable Object found, @Nullable Object expected, String by) {
    differences.same(where, key, found, expected, by);
  }
}
