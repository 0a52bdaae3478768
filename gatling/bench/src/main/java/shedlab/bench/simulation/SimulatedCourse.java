package shedlab.bench.simulation;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import shedlab.admission.Limit;
import shedlab.report.result.Course;
import shedlab.simulation.Interval;

/**
 * The course of a simulated cell in the files of a measured one. Its rows count what ended in them,
 * where a client's count what was meant to start.
 *
 * @param series of intervals of 100 ms
 */
record SimulatedCourse(List<Interval> series, int cores) {
  private static final List<String> SERVER =
      List.of("second", "epoch_micros", "limit", "inflight", "waiting", "cpu_micros");

  /** {@code client.csv}. */
  String clientCsv() {
    return csv(
        Course.COLUMNS,
        row ->
            List.of(
                second(row.startSeconds()),
                Long.toString(row.offered()),
                Long.toString(row.good()),
                Long.toString(row.late()),
                Long.toString(row.shed()),
                "0",
                Long.toString(row.abandoned()),
                "0",
                "",
                row.p99Nanos() == 0 ? "" : Long.toString(row.p99Nanos() / 1_000)));
  }

  /** {@code server.csv}: averages of each row, at its end. */
  String serverCsv() {
    double[] cpuSeconds = {0};
    return csv(
        SERVER,
        row -> {
          double end = row.startSeconds() + row.seconds();
          cpuSeconds[0] += row.cpuShare() * row.seconds() * cores;
          long limit = Double.isNaN(row.meanLimit()) ? Limit.MAX : Math.round(row.meanLimit());
          return List.of(
              second(end),
              Long.toString(Math.round(end * 1e6)),
              Long.toString(limit),
              Long.toString(Math.round(row.meanInflight())),
              Long.toString(Math.round(row.meanWaiting())),
              Long.toString(Math.round(cpuSeconds[0] * 1e6)));
        });
  }

  private static String second(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private String csv(List<String> header, Function<Interval, List<String>> fields) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(header);
      series.forEach(row -> csv.writeRecord(fields.apply(row)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
    return text.toString();
  }
}
