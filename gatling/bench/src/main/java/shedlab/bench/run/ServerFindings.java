package shedlab.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.bench.control.ServerCounts;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.setting.Placement;
import shedlab.bench.setting.ServerKeys;
import shedlab.bench.setting.Settings;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.Judgement.Finding;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;

/**
 * What a server did under its strategy that a reader should know. None of it makes a cell invalid:
 * a strategy that idles the server, oscillates or sheds nobody has a bad result, and to leave it
 * out would be survivorship bias.
 */
final class ServerFindings {
  private static final double OVERLOAD = 1.2;

  /**
   * A server above capacity could work all the time. Not 0.9: a bare semaphore leaves the CPU idle
   * between a departure and the next arrival (Erlang).
   */
  private static final double BUSY = 0.8;

  private static final double STEADY = 1.15;

  /** A strategy may prefer small requests, and fewer refusals cost less than a calibration's. */
  private static final double OF_CAPACITY = 1.1;

  /** Little's law holds for means; clients time what lies between them and the gate as well. */
  private static final double LITTLE = 0.1;

  /** If a larger share of clients gave up, the mean time of the others says too little. */
  private static final double FEW = 0.01;

  /** A strategy that sheds a smaller share under overload was hardly tested. */
  private static final double ENGAGED = 0.01;

  private final List<Finding> findings = new ArrayList<>();

  private ServerFindings() {}

  /** Of a cell; most are only asked above the capacity, where load neither rises nor falls. */
  static List<Finding> of(
      Cell cell,
      Experiment experiment,
      Capacity capacity,
      LoadResult load,
      @Nullable ServerCounts server,
      Samples window,
      @Nullable Double cpuShare) {
    Settings settings = experiment.of(cell.variant());
    double work = Validity.workPerRequest(settings);
    ServerFindings found = new ServerFindings();
    found.atMost(
        "completed / capacity",
        work * window.completedPerSecond() / capacity.perSecond(),
        OF_CAPACITY,
        "The server completed more requests than its capacity.");
    found.cold(settings, capacity, window);
    if (Validity.plateau(experiment, settings) && work * cell.load() >= OVERLOAD) {
      if (cpuShare != null) {
        found.atLeast(
            "server CPU",
            cpuShare,
            BUSY,
            "The server was idle at times, although it was overloaded.");
      }
      found.between(
          "completed, second half / first",
          window.speedUp(),
          1 / STEADY,
          STEADY,
          "The server was faster in one half of the time than in the other.");
      found.little(settings, load, window);
      double shed = shedShare(load, server);
      found.atLeast(
          "shed share", shed, ENGAGED, "The strategy hardly engaged, although there was overload.");
    }
    return List.copyOf(found.findings);
  }

  /** As the server counts it, or the clients if it does not tell. */
  private static double shedShare(LoadResult load, @Nullable ServerCounts server) {
    Outcomes clients = load.whole().outcomes();
    double all = server == null ? clients.total() : server.received();
    double shed = server == null ? clients.shed() : server.shedTotal();
    return all == 0 ? 0 : shed / all;
  }

  /** How slow the tasks of a server were that was cold on purpose. */
  private void cold(Settings settings, Capacity capacity, Samples window) {
    Double calibrated = capacity.unitCpuNanos();
    Double now = window.unitCpuNanos();
    if (Validity.coldOnPurpose(settings) && calibrated != null && now != null) {
      atMost(
          Validity.TASK_CPU,
          now / calibrated,
          Validity.MAX_TASK_CPU,
          "The server started cold, and its tasks cost more CPU than on a warm one.");
    }
  }

  /**
   * Little's law: what is in the server on average is the rate times the mean time there. The
   * clocks and counts of both sides are independent. Clients do not tell which of the refused had
   * waited, so the right value lies between none and all of them. A finding, because it holds for
   * what is steady, and a strategy that oscillates or lets its queue grow is not.
   */
  private void little(Settings settings, LoadResult load, Samples window) {
    long answered = load.window().outcomes().ok() + load.window().outcomes().shed();
    boolean gateFirst =
        settings.get(ServerKeys.GATE_ON) == Placement.GateOn.IO
            && settings.get(ServerKeys.TASK_ON) != Placement.TaskOn.IO;
    if (!gateFirst
        || !window.tellsGauges()
        || load.window().outcomes().total() - answered > FEW * answered) {
      return; // queues that the server does not count, or clients whose times are not known
    }
    double admitted = inServer(load.window().uncorrectedAdmitted(), load);
    double refused = inServer(load.window().uncorrectedShed(), load);
    ToLongFunction<ServerCsv.Row> inside = row -> row.inflight() + row.waiting();
    double error = window.meanError(inside);
    between(
        "mean in the server (Little)",
        window.mean(inside),
        (1 - LITTLE) * admitted - error,
        (1 + LITTLE) * (admitted + refused) + error,
        "What was in the server is not what clients' response times imply: it was not steady.");
  }

  private static double inServer(Latency latency, LoadResult load) {
    return latency.count() * latency.mean() / 1e6 / load.window().seconds();
  }

  private void atMost(String name, double value, double bound, String remark) {
    add(name, value, "<= " + number(bound), value <= bound, remark);
  }

  private void atLeast(String name, double value, double bound, String remark) {
    add(name, value, ">= " + number(bound), value >= bound, remark);
  }

  private void between(String name, double value, double low, double high, String remark) {
    add(name, value, number(low) + " to " + number(high), low <= value && value <= high, remark);
  }

  private void add(String name, double value, String usual, boolean isUsual, String remark) {
    findings.add(new Finding(name, number(value), usual, isUsual ? "" : remark));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
