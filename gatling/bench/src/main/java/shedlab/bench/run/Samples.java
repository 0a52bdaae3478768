package shedlab.bench.run;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.report.result.ServerUse;

/** A server's own samples, ten a second, cut to the time of one cell. */
final class Samples {
  /** One row: gauges as they were, totals since the server's start. */
  record Row(
      long epochMicros,
      long limit,
      long inflight,
      long waiting,
      long completed,
      long cpuMicros,
      NamedCsvRecord raw) {}

  private final List<Row> rows;

  private Samples(List<Row> rows) {
    this.rows = rows;
  }

  /** The complete rows of the sampler's file; a torn last line is left out. */
  static Samples parse(String csv) {
    String complete = csv.substring(0, csv.lastIndexOf('\n') + 1);
    List<Row> rows = new ArrayList<>();
    CsvReader.builder()
        .ofNamedCsvRecord(complete)
        .forEach(
            line ->
                rows.add(
                    new Row(
                        number(line, "epoch_micros"),
                        number(line, "limit"),
                        number(line, "inflight"),
                        number(line, "waiting"),
                        number(line, "completed"),
                        number(line, "cpu_micros"),
                        line)));
    return new Samples(rows);
  }

  private static long number(NamedCsvRecord line, String column) {
    return Long.parseLong(line.getField(column));
  }

  Samples between(long fromEpochMicros, long toEpochMicros) {
    return new Samples(
        rows.stream()
            .filter(r -> r.epochMicros >= fromEpochMicros && r.epochMicros <= toEpochMicros)
            .toList());
  }

  List<Row> rows() {
    return rows;
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
    return rows.stream().allMatch(row -> row.limit == Limit.MAX);
  }

  /** How old the last row is: more than a moment if a clock was set, or sampling has stopped. */
  double secondsBehind(Instant now) {
    long last = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).epochMicros;
    return (ChronoUnit.MICROS.between(Instant.EPOCH, now) - last) / 1e6;
  }

  /** Requests whose work ended, per second. */
  double completedPerSecond() {
    return rows.size() < 2 ? 0 : rate(rows.get(0), rows.get(rows.size() - 1), Row::completed);
  }

  /** CPU seconds used per second, by the whole server process. */
  double cores() {
    return rows.size() < 2 ? 0 : rate(rows.get(0), rows.get(rows.size() - 1), Row::cpuMicros) / 1e6;
  }

  /** What the server counted from the first row to the last; null if there are not two. */
  @Nullable ServerUse use() {
    if (rows.size() < 2) {
      return null;
    }
    return new ServerUse(
        growth("cpu_micros") / 1e6,
        growth("received"),
        growth("completed"),
        growth("shed"),
        growth("throttled_micros") / 1e6);
  }

  /** How much a total grew; 0 if the server did not tell it. */
  private long growth(String column) {
    return total(rows.get(rows.size() - 1), column) - total(rows.get(0), column);
  }

  private static long total(Row row, String column) {
    return row.raw
        .findField(column)
        .filter(text -> !text.isEmpty())
        .map(Long::parseLong)
        .orElse(0L);
  }

  /** How fast a total grew between two rows, per second. */
  static double rate(Row first, Row last, ToLongFunction<Row> total) {
    return (total.applyAsLong(last) - total.applyAsLong(first))
        / ((last.epochMicros - first.epochMicros) / 1e6);
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

  /** The rows as CSV, with a first column of seconds since {@code zeroEpochMicros}. */
  String toCsv(long zeroEpochMicros) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      if (!rows.isEmpty()) {
        csv.writeRecord(prepended("second", rows.get(0).raw.getHeader()));
      }
      for (Row row : rows) {
        double second = (row.epochMicros - zeroEpochMicros) / 1e6;
        csv.writeRecord(prepended(String.format(Locale.ROOT, "%.3f", second), row.raw.getFields()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
    return text.toString();
  }

  private static List<String> prepended(String first, List<String> fields) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(fields);
    return all;
  }
}
