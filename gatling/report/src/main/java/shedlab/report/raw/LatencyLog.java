package shedlab.report.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * {@code latency.hlog}: every response time of a cell's window, in microseconds from the intended
 * start. The only reader and the only writer of that file.
 */
public final class LatencyLog {
  /** The file's name in a cell's folder. */
  public static final String FILE = "latency.hlog";

  /** The kinds of answers that have a histogram. */
  public enum Kind {
    /** 200s. */
    ADMITTED,
    /** 429s. */
    SHED,
    /** Everything else that was started and ended. */
    FAILED;

    /** Its name in the file. */
    private String tag() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Kind of(@Nullable String tag) {
      for (Kind kind : values()) {
        if (kind.tag().equals(tag)) {
          return kind;
        }
      }
      return null;
    }
  }

  private LatencyLog() {}

  /**
   * Reads the file of a cell's folder; a kind without answers is missing.
   *
   * @throws IOException if there is none
   * @throws RuntimeException if its content is invalid
   */
  public static Map<Kind, Histogram> read(Path folder) throws IOException {
    var found = new EnumMap<Kind, Histogram>(Kind.class);
    try (HistogramLogReader log = new HistogramLogReader(folder.resolve(FILE).toFile())) {
      for (EncodableHistogram next = log.nextIntervalHistogram();
          next != null;
          next = log.nextIntervalHistogram()) {
        Kind kind = Kind.of(next.getTag());
        if (kind != null && next instanceof Histogram histogram && histogram.getTotalCount() > 0) {
          found.put(kind, histogram);
        }
      }
    }
    return found;
  }

  /** Writes the file into a folder, with the times at which the window began and ended. */
  public static void write(
      Path folder, Map<Kind, Histogram> histograms, long fromEpochMillis, long toEpochMillis)
      throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(FILE));
        PrintStream out = new PrintStream(file, false, StandardCharsets.UTF_8)) {
      HistogramLogWriter log = new HistogramLogWriter(out);
      log.outputLogFormatVersion();
      log.outputComment("[Response times from the intended start, in microseconds]");
      log.outputStartTime(fromEpochMillis);
      log.setBaseTime(fromEpochMillis);
      log.outputLegend();
      histograms.forEach(
          (kind, histogram) -> {
            histogram.setTag(kind.tag());
            histogram.setStartTimeStamp(fromEpochMillis);
            histogram.setEndTimeStamp(toEpochMillis);
            log.outputIntervalHistogram(histogram);
          });
    }
  }
}
