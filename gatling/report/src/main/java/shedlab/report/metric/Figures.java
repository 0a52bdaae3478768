package shedlab.report.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.result.CellResult;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.report.result.ServerUse;
import shedlab.report.result.TenantResult;
import shedlab.report.statistics.Median;

/** Figures of one cell that take more than a field of it. NaN where the cell has none. */
final class Figures {
  /** What a capacity may be wrong by: its interval, and how it drifts meanwhile. */
  private static final double CAPACITY_ERROR = 0.03;

  private Figures() {}

  static double orNan(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  static double goodputShare(CellResult cell) {
    return cell.clientSide().goodputPerSecond() / cell.capacityPerSecond();
  }

  /** An outcome as a share of all intended requests. */
  static double share(CellResult cell, ToLongFunction<Outcomes> count) {
    Outcomes outcomes = cell.clientSide().outcomes();
    long total = outcomes.total();
    return total == 0 ? Double.NaN : (double) count.applyAsLong(outcomes) / total;
  }

  /** The 99th percentile, where samples enough lie beyond it. */
  static double quotableP99(Latency latency) {
    return latency.supportsP99() ? latency.p99() : Double.NaN;
  }

  static double wastedShare(CellResult cell) {
    ServerUse use = cell.serverSide().use();
    return use == null || use.completed() == 0
        ? Double.NaN
        // Requests that straddle an edge of the window may be good and not among the completed.
        : Math.max(0, 1 - (double) cell.clientSide().outcomes().good() / use.completed());
  }

  static double cpuPerGoodMicros(CellResult cell) {
    ServerUse use = cell.serverSide().use();
    long good = cell.clientSide().outcomes().good();
    return use == null || good == 0 ? Double.NaN : 1e6 * (use.cpuSeconds() / good);
  }

  /**
   * CPU time of a 429: all of it where nothing else is done, else what the tasks leave of it. The
   * capacity says what a task takes; NaN where tasks outnumber refusals, where its error could be
   * the whole remainder, and where tasks or CPUs change meanwhile.
   */
  static double cpuPerShedMicros(CellResult cell, Repeats repeats) {
    ServerUse use = cell.serverSide().use();
    if (use == null || use.shed() <= use.completed() || cell.clientSide().dynamics() != null) {
      return Double.NaN;
    }
    double tasks = use.completed() * repeats.cpus() / cell.capacityPerSecond();
    double rest = use.cpuSeconds() - tasks;
    return rest < 2 * CAPACITY_ERROR * tasks ? Double.NaN : 1e6 * (rest / use.shed());
  }

  static double overshootMillis(CellResult cell) {
    Dynamics dynamics = cell.clientSide().dynamics();
    return dynamics == null ? Double.NaN : dynamics.overshootMillis();
  }

  static double jain(CellResult cell) {
    double[] shares =
        cell.clientSide().tenants().stream().mapToDouble(t -> goodShare(List.of(t))).toArray();
    double sum = Arrays.stream(shares).sum();
    double squares = Arrays.stream(shares).map(x -> x * x).sum();
    return shares.length < 2 || squares == 0 ? Double.NaN : sum * sum / (shares.length * squares);
  }

  /** Share of the requests of an urgency that were answered in time; the medians of cells. */
  static Map<Integer, Double> goodByUrgency(List<CellResult> cells) {
    var shares = new TreeMap<Integer, Double>();
    cells.stream()
        .flatMap(c -> c.clientSide().tenants().stream())
        .map(TenantResult::urgency)
        .distinct()
        .forEach(
            urgency ->
                shares.put(
                    urgency,
                    Median.ofFinite(
                        cells.stream()
                            .mapToDouble(
                                c ->
                                    goodShare(
                                        c.clientSide().tenants().stream()
                                            .filter(t -> t.urgency() == urgency)
                                            .toList())))));
    return shares;
  }

  private static double goodShare(List<TenantResult> tenants) {
    long good = tenants.stream().mapToLong(t -> t.outcomes().good()).sum();
    long all = tenants.stream().mapToLong(t -> t.outcomes().total()).sum();
    return all == 0 ? Double.NaN : (double) good / all;
  }
}
