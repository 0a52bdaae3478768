package shedlab.report.raw;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import shedlab.admission.Limit;
import shedlab.report.file.CsvRow;
import shedlab.report.file.CsvRows;
import shedlab.report.file.Lines;

/**
 * {@code server.csv}: the server's own samples of one cell, ten a second. The only reader and
 * writer of this file, and the only reader of the sampler's own file. Unknown columns are kept.
 *
 * @param columns names of the columns of the sampler's file, which has no seconds
 */
public record ServerCsv(List<String> columns, List<Row> rows) {
  /** The file's name in a cell's folder. */
  public static final String FILE = "server.csv";

  /** Seconds from the schedule's zero; the only column that is not in the sampler's file. */
  private static final String SECOND = "second";

  /** The columns of a simulated server. */
  private static final List<String> SIMULATED =
      List.of("epoch_micros", "limit", "inflight", "waiting", "cpu_micros");

  private static final String TASK_CPU = "task_cpu_micros";
  private static final String TASK_UNITS = "task_units";

  /** What only later servers tell; {@code shedlab.report.account} reads them by their names. */
  private static final List<String> OF_THREADS =
      List.of("worker_cpu_micros", "io_cpu_micros", "jit_cpu_micros", "gc_cpu_micros");

  private static final String LIMIT = "limit";
  private static final String INFLIGHT = "inflight";
  private static final String WAITING = "waiting";
  private static final String CPU = "cpu_micros";

  /** All that a server tells of which nothing is known but from outside. */
  private static final List<String> LEAST = List.of("epoch_micros");

  private static final List<String> TOTALS =
      List.of("epoch_micros", "received", "completed", "shed", "cpu_micros", TASK_CPU, TASK_UNITS);

  /** More than a server is sampled in any job. */
  private static final int MAX_ROWS = 1_000_000;

  /**
   * Totals of the tasks that ended.
   *
   * @param cpuMicros CPU time of the threads that did them, meanwhile
   * @param units of work
   */
  public record Tasks(long cpuMicros, long units) {
    static final Tasks NOT_TOLD = new Tasks(0, 0);
  }

  /**
   * One row: gauges at that time, totals since the server's start. What the server does not report
   * is 0, and its limit {@link Limit#MAX}; the columns say what it does.
   *
   * @param second seconds from the schedule's zero; NaN in the sampler's own file
   * @param tasks zeros if the server does not tell the CPU time of its tasks
   * @param fields all fields as text, in the order of the columns
   */
  public record Row(
      double second,
      long epochMicros,
      long limit,
      long inflight,
      long waiting,
      long received,
      long completed,
      long shed,
      long cpuMicros,
      long throttledMicros,
      Tasks tasks,
      List<String> fields) {

    private long[] totals() {
      return new long[] {
        epochMicros, received, completed, shed, cpuMicros, tasks.cpuMicros, tasks.units
      };
    }

    private Row at(double when, long micros, List<String> texts) {
      return new Row(
          when,
          micros,
          limit,
          inflight,
          waiting,
          received,
          completed,
          shed,
          cpuMicros,
          throttledMicros,
          tasks,
          texts);
    }

    /** Of a simulated server. */
    public static Row simulated(
        double second, long limit, long inflight, long waiting, long cpuMicros) {
      long epochMicros = Math.round(second * 1e6);
      List<String> fields = new ArrayList<>();
      for (long figure : new long[] {epochMicros, limit, inflight, waiting, cpuMicros}) {
        fields.add(Long.toString(figure));
      }
      return new Row(
          second,
          epochMicros,
          limit,
          inflight,
          waiting,
          0,
          0,
          0,
          cpuMicros,
          0,
          Tasks.NOT_TOLD,
          fields);
    }
  }

  /** The course of a simulated server. */
  public static ServerCsv simulated(List<Row> rows) {
    return new ServerCsv(SIMULATED, rows);
  }

  /**
   * Reads the file of a cell's folder.
   *
   * @throws IOException that names file and line, if it is not there or not what it should be
   */
  public static ServerCsv read(Path folder) throws IOException {
    return of(Lines.of(folder.resolve(FILE)), List.of(SECOND));
  }

  /**
   * Reads the complete rows of a sampler's text; a torn last line is left out.
   *
   * @throws UncheckedIOException that names the line, if it is not what it should be
   */
  public static ServerCsv parse(String csv) {
    try {
      return of(Lines.of(csv.substring(0, csv.lastIndexOf('\n') + 1), "samples"), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerCsv of(Lines lines, List<String> more) throws IOException {
    try (CsvRows csv = new CsvRows(lines, columns -> needed(columns, more))) {
      var rows = new ArrayList<Row>();
      for (CsvRow line = csv.next(); line != null; line = csv.next()) {
        Row row = row(line);
        if (!rows.isEmpty()) {
          grows(line, row, rows.get(rows.size() - 1));
        }
        if (rows.size() == MAX_ROWS) {
          throw line.place().broken("rows", "more", "at most " + MAX_ROWS);
        }
        rows.add(row);
      }
      List<String> columns = new ArrayList<>(csv.columns());
      columns.remove(SECOND);
      return new ServerCsv(List.copyOf(columns), List.copyOf(rows));
    }
  }

  /** All that our servers tell, unless nothing is known but from outside. */
  private static List<String> needed(List<String> columns, List<String> more) {
    boolean outside = Collections.disjoint(columns, List.of(LIMIT, INFLIGHT, WAITING));
    List<String> needed = new ArrayList<>(outside ? LEAST : SIMULATED);
    needed.addAll(more);
    return needed;
  }

  private static Row row(CsvRow line) throws IOException {
    Integer second = line.columns().get(SECOND);
    boolean timed = second != null;
    List<String> fields = new ArrayList<>(line.fields());
    for (String column : OF_THREADS) {
      line.countOrZero(column); // it has to be a count
    }
    if (second != null) {
      fields.remove(second.intValue());
    }
    return new Row(
        timed ? line.decimal(SECOND) : Double.NaN,
        line.count("epoch_micros"),
        line.has(LIMIT) ? line.count(LIMIT) : Limit.MAX,
        line.countOrZero(INFLIGHT),
        line.countOrZero(WAITING),
        line.countOrZero("received"),
        line.countOrZero("completed"),
        line.countOrZero("shed"),
        line.countOrZero(CPU),
        line.countOrZero("throttled_micros"),
        new Tasks(line.countOrZero(TASK_CPU), line.countOrZero(TASK_UNITS)),
        List.copyOf(fields));
  }

  /** Whether the server tells how many requests are in flight and how many wait. */
  public boolean tellsGauges() {
    return columns.contains(INFLIGHT) && columns.contains(WAITING);
  }

  /** Whether the CPU time of its process is known. */
  public boolean tellsCpu() {
    return columns.contains(CPU);
  }

  /** Time and totals never go back. */
  private static void grows(CsvRow line, Row row, Row before) throws IOException {
    long[] now = row.totals();
    long[] then = before.totals();
    for (int i = 0; i < now.length; i++) {
      if (now[i] < then[i]) {
        throw line.place().broken(TOTALS.get(i), now[i], then[i] + " or more, as the row before");
      }
    }
  }

  /** The rows between two times, both included. */
  public ServerCsv between(long fromEpochMicros, long toEpochMicros) {
    return new ServerCsv(
        columns,
        rows.stream()
            .filter(r -> r.epochMicros >= fromEpochMicros && r.epochMicros <= toEpochMicros)
            .toList());
  }

  /** The same rows with seconds since a given time. */
  public ServerCsv since(long zeroEpochMicros) {
    return new ServerCsv(
        columns,
        rows.stream()
            .map(r -> r.at((r.epochMicros - zeroEpochMicros) / 1e6, r.epochMicros, r.fields))
            .toList());
  }

  /** The same rows by a clock that is ahead of theirs by so much. */
  public ServerCsv later(long micros) {
    if (micros == 0) {
      return this;
    }
    int column = columns.indexOf("epoch_micros");
    return new ServerCsv(
        columns,
        rows.stream()
            .map(
                row -> {
                  long moved = row.epochMicros + micros;
                  List<String> fields = new ArrayList<>(row.fields);
                  fields.set(column, Long.toString(moved));
                  return row.at(row.second, moved, List.copyOf(fields));
                })
            .toList());
  }

  /** Writes the file into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (CsvWriter csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(folder.resolve(FILE))) {
      csv.writeRecord(prepended(SECOND, columns));
      rows.forEach(
          row ->
              csv.writeRecord(
                  prepended(String.format(Locale.ROOT, "%.3f", row.second), row.fields)));
    }
  }

  private static List<String> prepended(String first, List<String> fields) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(fields);
    return all;
  }
}
