package shedlab.bench.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.bench.host.RunningServer;
import shedlab.report.clock.ClockOffset;
import shedlab.report.raw.ServerCsv;
import shedlab.report.raw.ServerCsv.Row;
import shedlab.report.result.ServerUse;

/** A server's own samples of a span of time, ten a second, and figures from them. */
final class Samples {
  private final ServerCsv file;
  private final List<Row> rows;

  Samples(ServerCsv file) {
    this.file = file;
    this.rows = file.rows();
  }

  /** All of a server's rows, by the wall clock of this machine. */
  static ServerCsv byThisClock(RunningServer server, ClockOffset clock) {
    return ServerCsv.parse(server.samples()).later(-clock.offsetNanos() / 1_000);
  }

  Samples between(long fromEpochMicros, long toEpochMicros) {
    return new Samples(file.between(fromEpochMicros, toEpochMicros));
  }

  /** The rows as a file. */
  ServerCsv file() {
    return file;
  }

  List<Row> rows() {
    return rows;
  }

  /** Whether the server tells how many requests are in flight and how many wait. */
  boolean tellsGauges() {
    return file.tellsGauges();
  }

  /** Whether the CPU time of its process is known. */
  boolean tellsCpu() {
    return file.tellsCpu();
  }

  double mean(ToLongFunction<Row> gauge) {
    return rows.stream().mapToLong(gauge).average().orElse(0);
  }

  /** Three standard errors of {@link #mean}, as far as samples are independent of each other. */
  double meanError(ToLongFunction<Row> gauge) {
    double mean = mean(gauge);
    double squares =
        rows.stream().mapToDouble(row -> Math.pow(gauge.applyAsLong(row) - mean, 2)).sum();
    int n = rows.size();
    return n < 2 ? 0 : 3 * Math.sqrt(squares / (n - 1) / n);
  }

  boolean unlimited() {
    return rows.stream().allMatch(row -> row.limit() == Limit.MAX);
  }

  /** How old the last row is: more than a moment if a clock was set, or sampling has stopped. */
  double secondsBehind(Instant now) {
    long last = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).epochMicros();
    return (ChronoUnit.MICROS.between(Instant.EPOCH, now) - last) / 1e6;
  }

  /** Requests whose work ended, per second. */
  double completedPerSecond() {
    return rows.size() < 2 ? 0 : rate(rows.get(0), rows.get(rows.size() - 1), Row::completed);
  }

  /** CPU seconds used per second, by the whole server process; NaN if nobody knows. */
  double cores() {
    if (!tellsCpu()) {
      return Double.NaN;
    }
    return rows.size() < 2 ? 0 : rate(rows.get(0), rows.get(rows.size() - 1), Row::cpuMicros) / 1e6;
  }

  /** CPU time of a unit of work, in the tasks that ended; null if none did or if it is not told. */
  @Nullable Double unitCpuNanos() {
    long units = rows.isEmpty() ? 0 : growth(row -> row.tasks().units());
    return units == 0 ? null : 1e3 * growth(row -> row.tasks().cpuMicros()) / units;
  }

  /** Whether the server tells the CPU time of its tasks; it has done some before any load. */
  boolean tellsTaskCpu() {
    return !rows.isEmpty() && rows.get(0).tasks().units() > 0;
  }

  /**
   * What the server counted from the first row to the last; null if there are not two, or no CPU
   * time.
   */
  @Nullable ServerUse use() {
    if (rows.size() < 2 || !tellsCpu()) {
      return null;
    }
    return new ServerUse(
        growth(Row::cpuMicros) / 1e6,
        growth(Row::received),
        growth(Row::completed),
        growth(Row::shed),
        growth(Row::throttledMicros) / 1e6);
  }

  /** From the first row to the last. */
  double seconds() {
    return growth(Row::epochMicros) / 1e6;
  }

  /** How much a total grew; 0 if the server did not tell it. */
  private long growth(ToLongFunction<Row> total) {
    return total.applyAsLong(rows.get(rows.size() - 1)) - total.applyAsLong(rows.get(0));
  }

  /** How fast a total grew between two rows, per second. */
  static double rate(Row first, Row last, ToLongFunction<Row> total) {
    return (total.applyAsLong(last) - total.applyAsLong(first))
        / ((last.epochMicros() - first.epochMicros()) / 1e6);
  }

  /** How much faster work was completed in the second half than in the first; 1 if no halves. */
  double speedUp() {
    if (rows.size() < 4) {
      return 1;
    }
    Row middle = rows.get(rows.size() / 2);
    double first = rate(rows.get(0), middle, Row::completed);
    return first == 0 ? 1 : rate(middle, rows.get(rows.size() - 1), Row::completed) / first;
  }
}
