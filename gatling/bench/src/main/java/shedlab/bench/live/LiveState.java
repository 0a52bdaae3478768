package shedlab.bench.live;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shedlab.report.raw.Floor;
import shedlab.report.raw.Progress;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;

/**
 * All that the page shows at one moment.
 *
 * @param phase what is running: a warm-up, a calibration or a cell
 * @param done cells that are on the disk
 * @param leftSeconds until the run ends, as far as can be told
 * @param load what the injector last reported; null between loads
 * @param finished the cells of this session
 * @param report the page of the ended run; null until then
 */
record LiveState(
    String question,
    String phase,
    int done,
    int total,
    long elapsedSeconds,
    long leftSeconds,
    @Nullable Load load,
    List<Finished> finished,
    boolean ended,
    @Nullable String report) {

  /**
   * The running load, per second since the report before; zeros in its first.
   *
   * @param ok 200s, late ones included: only the end of a cell tells which were in time
   */
  record Load(
      String name,
      double elapsedSeconds,
      double plannedSeconds,
      double offered,
      double ok,
      double shed,
      double failed) {
    static Load between(Progress before, Progress now) {
      double seconds = now.elapsedSeconds() - before.elapsedSeconds();
      return new Load(
          now.name(),
          now.elapsedSeconds(),
          now.plannedSeconds(),
          now.startsPerSecond(),
          rate(now.ok() - before.ok(), seconds),
          rate(now.shed() - before.shed(), seconds),
          rate(now.failed() - before.failed(), seconds));
    }

    private static double rate(long count, double seconds) {
      return seconds <= 0 ? 0 : Math.max(0, count / seconds);
    }
  }

  /**
   * A cell with its figures.
   *
   * @param limit a mean; null for no limit
   * @param machine whether the p99 lies within twice the machine's noise floor
   */
  record Finished(
      String id,
      String server,
      String strategy,
      double load,
      double goodput,
      double offered,
      double shedShare,
      @Nullable Double limit,
      double p99Millis,
      boolean machine,
      boolean valid,
      String verdict) {

    static Finished of(CellResult cell, String verdict, Floor floor) {
      long p99 = cell.clientSide().admittedLatency().p99();
      return new Finished(
          cell.key().id(),
          cell.server(),
          cell.strategy() + (cell.variant().isEmpty() ? "" : " (" + cell.variant() + ")"),
          cell.load(),
          cell.clientSide().goodputPerSecond(),
          cell.clientSide().offeredPerSecond(),
          cell.clientSide().shedShare(),
          cell.serverSide().meanLimit(),
          p99 / 1e3,
          floor.covers(Latency::p99, p99),
          cell.valid(),
          verdict);
    }
  }
}
