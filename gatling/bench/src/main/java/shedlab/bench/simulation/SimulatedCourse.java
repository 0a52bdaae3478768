package shedlab.bench.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import shedlab.admission.Limit;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.Outcomes;
import shedlab.simulation.result.Interval;

/**
 * The course of a simulated cell in the files of a measured one. Its rows count what ended in them,
 * where a client's count what was meant to start.
 *
 * @param series of intervals of 100 ms
 * @param cores of all servers
 * @param servers how many; their limits are added up
 */
public record SimulatedCourse(List<Interval> series, int cores, int servers) {
  /** The length of a row. */
  public static final Duration ROW = Duration.ofMillis(ClientCsv.ROW_MILLIS);

  /** What the clients saw. */
  public ClientCsv client() {
    return new ClientCsv(series.stream().map(SimulatedCourse::clientRow).toList());
  }

  private static ClientCsv.Row clientRow(Interval row) {
    return new ClientCsv.Row(
        millis(row.startSeconds()),
        row.offered(),
        new Outcomes(row.good(), row.late(), row.shed(), 0, row.abandoned(), 0),
        0,
        row.p99Nanos() / 1_000,
        new TreeMap<>());
  }

  /** Averages of each row, at its end. */
  ServerCsv server() {
    List<ServerCsv.Row> rows = new ArrayList<>();
    double cpuSeconds = 0;
    for (Interval row : series) {
      cpuSeconds += row.cpuShare() * row.seconds() * cores;
      rows.add(
          ServerCsv.Row.simulated(
              row.startSeconds() + row.seconds(),
              Double.isNaN(row.meanLimit()) ? Limit.MAX : Math.round(row.meanLimit() * servers),
              Math.round(row.meanInflight()),
              Math.round(row.meanWaiting()),
              Math.round(cpuSeconds * 1e6)));
    }
    return ServerCsv.simulated(rows);
  }

  private static double millis(double seconds) {
    return Math.round(seconds * 1_000) / 1e3;
  }
}
