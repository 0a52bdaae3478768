package shedlab.injector;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import shedlab.injector.Records.Kind;
import shedlab.report.result.Course;

/** Writes what a job leaves behind. */
final class ResultFiles {
  /** The course of the job, in rows of {@link #ROW_NANOS}. */
  static final String CSV = "client.csv";

  /** Every response time of the window, as histograms. */
  static final String HISTOGRAMS = "latency.hlog";

  private static final long ROW_NANOS = 100_000_000;

  /** Response times of 200s are counted between one of these and the next, for the heat map. */
  private static final long[] BELOW_MICROS = {
    1_000,
    2_000,
    4_000,
    8_000,
    16_000,
    32_000,
    64_000,
    128_000,
    256_000,
    512_000,
    1_024_000,
    2_048_000,
    60_000_000
  };

  private ResultFiles() {}

  /**
   * Rows by intended start, over the whole job. Percentiles are empty where nothing was admitted.
   */
  static void writeCsv(Path folder, Records records) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve(CSV))) {
      csv.writeRecord(header());
      Map<Ending, Long> counts = new EnumMap<>(Ending.class);
      Histogram admitted = new Histogram(3);
      long row = 0;
      for (int i = 0; i < records.size(); i++) {
        for (; records.intendedNanos(i) >= (row + 1) * ROW_NANOS; row++) {
          writeRow(csv, row, counts, admitted);
        }
        Ending ending = records.ending(i);
        counts.merge(ending, 1L, Long::sum);
        if (ending.admitted()) {
          admitted.recordValue(records.responseMicros(i));
        }
      }
      for (; row * ROW_NANOS < records.lengthNanos(); row++) {
        writeRow(csv, row, counts, admitted);
      }
    }
  }

  private static List<String> header() {
    List<String> all = new ArrayList<>(Course.COLUMNS);
    for (long bound : BELOW_MICROS) {
      all.add("admitted_below_" + bound + "_micros");
    }
    return all;
  }

  private static void writeRow(
      CsvWriter csv, long row, Map<Ending, Long> counts, Histogram admitted) {
    String[] fields = new String[Course.COLUMNS.size() + BELOW_MICROS.length];
    fields[0] = row / 10 + "." + row % 10;
    fields[1] = Long.toString(counts.values().stream().mapToLong(Long::longValue).sum());
    for (Ending ending : Ending.values()) {
      fields[2 + ending.ordinal()] = Long.toString(counts.getOrDefault(ending, 0L));
    }
    boolean any = admitted.getTotalCount() > 0;
    fields[8] = any ? Long.toString(admitted.getValueAtPercentile(50)) : "";
    fields[9] = any ? Long.toString(admitted.getValueAtPercentile(99)) : "";
    long from = 0;
    for (int i = 0; i < BELOW_MICROS.length; i++) {
      fields[Course.COLUMNS.size() + i] =
          Long.toString(any ? admitted.getCountBetweenValues(from, BELOW_MICROS[i] - 1) : 0);
      from = BELOW_MICROS[i];
    }
    csv.writeRecord(fields);
    counts.clear();
    admitted.reset();
  }

  /** One histogram of the window for each kind of answer, tagged with its name; microseconds. */
  static void writeHistograms(Path folder, Records records, long windowStartEpochMillis)
      throws IOException {
    long windowEndEpochMillis = windowStartEpochMillis + (long) (records.windowSeconds() * 1_000);
    try (OutputStream file = Files.newOutputStream(folder.resolve(HISTOGRAMS));
        PrintStream out = new PrintStream(file, false, StandardCharsets.UTF_8)) {
      HistogramLogWriter log = new HistogramLogWriter(out);
      log.outputLogFormatVersion();
      log.outputComment("[Response times from the intended start, in microseconds]");
      log.outputStartTime(windowStartEpochMillis);
      log.setBaseTime(windowStartEpochMillis);
      log.outputLegend();
      for (Kind kind : Kind.values()) {
        Histogram histogram = records.corrected(kind);
        histogram.setTag(kind.tag());
        histogram.setStartTimeStamp(windowStartEpochMillis);
        histogram.setEndTimeStamp(windowEndEpochMillis);
        log.outputIntervalHistogram(histogram);
      }
    }
  }
}
