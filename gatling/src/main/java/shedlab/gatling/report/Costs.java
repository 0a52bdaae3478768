package shedlab.gatling.report;

import java.util.List;
import java.util.stream.DoubleStream;
import shedlab.gatling.result.CellResult;
import shedlab.gatling.result.ServerUse;
import shedlab.gatling.result.Summary;

/** CPU time of the server's process by what it was spent for. */
final class Costs {
  private Costs() {}

  /**
   * CPU time of the whole process per request answered in time, in milliseconds; the median of the
   * valid runs, NaN if there were none.
   */
  static double cpuMillisPerGood(Summary.Row row, List<CellResult> cells, int cpus) {
    return median(
        validCells(row, cells).stream()
            .filter(c -> c.outcomes().good() > 0)
            .mapToDouble(c -> 1_000 * cpuSeconds(c, cpus) / c.outcomes().good()));
  }

  /**
   * CPU time of a refusal in milliseconds: what the process used beyond the tasks done, at the cost
   * of a task where nothing is shed, divided by the refusals. NaN unless the server counted, and
   * refused at least as many as it did.
   *
   * @param calm cells of the same server in which next to nothing was shed
   */
  static double cpuMillisPerShed(Summary.Row row, List<CellResult> cells, List<CellResult> calm) {
    double perTask =
        median(
            calm.stream()
                .mapToDouble(
                    c -> {
                      ServerUse use = c.use();
                      return use == null || use.completed() == 0
                          ? Double.NaN
                          : use.cpuSeconds() / use.completed();
                    }));
    return median(
        validCells(row, cells).stream()
            .mapToDouble(
                c -> {
                  ServerUse use = c.use();
                  return use == null || use.shed() == 0 || use.shed() < use.completed()
                      ? Double.NaN
                      : 1_000 * (use.cpuSeconds() - perTask * use.completed()) / use.shed();
                }));
  }

  /** CPU time in the window; from the share where the server did not tell. */
  private static double cpuSeconds(CellResult cell, int cpus) {
    ServerUse use = cell.use();
    return use != null ? use.cpuSeconds() : cell.serverCpuShare() * cell.windowSeconds() * cpus;
  }

  /** The cells that a row is the median of. */
  static List<CellResult> validCells(Summary.Row row, List<CellResult> cells) {
    return cells.stream()
        .filter(CellResult::valid)
        .filter(c -> c.server().equals(row.server()) && c.strategy().equals(row.strategy()))
        .filter(c -> c.variant().equals(row.variant()) && c.load() == row.load())
        .toList();
  }

  /** The median of the figures that there are; NaN of none. */
  static double median(DoubleStream figures) {
    double[] sorted = figures.filter(Double::isFinite).sorted().toArray();
    int n = sorted.length;
    return n == 0
        ? Double.NaN
        : n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
