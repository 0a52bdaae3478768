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

/** Figures that are computed from several fields of a cell. NaN if the cell has none. */
final class Figures {
  /** The possible error of a capacity, as a share: its interval and its drift. */
  private static final double CAPACITY_ERROR = 0.03;

  private Figures() {}

  static double orNan(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  /**
   * Goodput, as if the hypervisor had taken nothing: of two cells of a block one may have lost 5 %
   * of its CPU and the other nothing. Below the capacity that costs nothing until the load is more
   * than what was left. Where the load changes in the cell, it is the goodput itself.
   */
  static double goodput(CellResult cell) {
    double goodput = cell.clientSide().goodputPerSecond();
    if (cell.clientSide().dynamics() != null) {
      return goodput;
    }
    double had = Math.min(cell.load(), 1 - cell.stolenShare());
    return goodput * Math.min(cell.load(), 1) / had;
  }

  static double goodputShare(CellResult cell) {
    return goodput(cell) / cell.capacityPerSecond();
  }

  /** An outcome as a share of all intended requests. */
  static double share(CellResult cell, ToLongFunction<Outcomes> count) {
    Outcomes outcomes = cell.clientSide().outcomes();
    long total = outcomes.total();
    return total == 0 ? Double.NaN : (double) count.applyAsLong(outcomes) / total;
  }

  static double predictedShedShare(CellResult cell) {
    return orNan(cell.judgement().predictedShedShare());
  }

  /** Pauses of the load generator; none in earlier formats. */
  static Latency pauses(CellResult cell) {
    Latency pauses = cell.clientSide().pauses();
    return pauses == null ? Latency.NONE : pauses;
  }

  static double admittedP99(CellResult cell) {
    return quotableP99(cell.clientSide().admittedLatency());
  }

  static double shedP99(CellResult cell) {
    return quotableP99(cell.clientSide().shedLatency());
  }

  /** The 99th percentile; NaN if too few samples are above it. */
  private static double quotableP99(Latency latency) {
    return latency.supportsP99() ? latency.p99() : Double.NaN;
  }

  static double serverCpuShare(CellResult cell) {
    return orNan(cell.serverSide().cpuShare());
  }

  static double wastedShare(CellResult cell) {
    ServerUse use = cell.serverSide().use();
    return use == null || use.completed() == 0 || seenFromOutside(cell)
        ? Double.NaN
        // A request across an edge of the window may be good without being among the completed.
        : Math.max(0, 1 - (double) cell.clientSide().outcomes().good() / use.completed());
  }

  /** Nobody knows then what it completed for clients that had given up. */
  private static boolean seenFromOutside(CellResult cell) {
    return cell.serverSide().meanInflight() == null;
  }

  static double cpuPerGoodMicros(CellResult cell) {
    ServerUse use = cell.serverSide().use();
    long good = cell.clientSide().outcomes().good();
    return use == null || good == 0 ? Double.NaN : 1e6 * (use.cpuSeconds() / good);
  }

  /**
   * CPU time of a 429. If there are only refusals, it is the whole CPU time; else it is the rest
   * after the tasks, whose CPU time follows from the capacity. NaN if there are more tasks than
   * refusals, if the error of the capacity could be the whole rest, or if tasks or CPUs change
   * during the cell.
   */
  static double cpuPerShedMicros(CellResult cell, Repeats repeats) {
    ServerUse use = cell.serverSide().use();
    if (use == null
        || use.shed() <= use.completed()
        || seenFromOutside(cell)
        || cell.clientSide().dynamics() != null) {
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

  /** Share of the requests of an urgency that were answered in time; median of the cells. */
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
