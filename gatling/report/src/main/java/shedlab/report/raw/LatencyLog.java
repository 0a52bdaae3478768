package shedlab.report.raw;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * {@code latency.hlog}: every response time of a cell's window, in microseconds from the intended
 * start, and the pauses of the load generator meanwhile. The only reader and the only writer of
 * that file.
 */
public final class LatencyLog {
  /** The file's name in a cell's folder. */
  public static final String FILE = "latency.hlog";

  private static final HistogramLog LOG =
      new HistogramLog(
          "Response times from the intended start, in microseconds",
          Pattern.compile("admitted|shed|failed|pause"),
          "admitted|shed|failed|pause",
          tag -> "");

  /** Of what kind of answers a histogram is. */
  public enum Kind {
    /** 200s. */
    ADMITTED,
    /** 429s. */
    SHED,
    /** Everything else that was started and ended. */
    FAILED,
    /** No answers: how late a thread of the load generator woke; see {@link PauseRecorder}. */
    PAUSE;

    /** Its name in the file. */
    private String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private LatencyLog() {}

  /**
   * Reads the file of a cell's folder; a kind without answers is missing. Start and end of a
   * histogram are those of the window.
   *
   * @throws IOException that names file and line, if it is not there or not what it should be
   */
  public static Map<Kind, Histogram> read(Path folder) throws IOException {
    Map<Kind, Histogram> found = new EnumMap<>(Kind.class);
    LOG.read(folder.resolve(FILE))
        .forEach(
            (tag, histogram) -> {
              if (histogram.getTotalCount() > 0) {
                found.put(Kind.valueOf(tag.toUpperCase(Locale.ROOT)), histogram);
              }
            });
    return found;
  }

  /** Writes the file into a folder, with when the window began and ended. */
  public static void write(
      Path folder, Map<Kind, Histogram> histograms, long fromEpochMillis, long toEpochMillis)
      throws IOException {
    Map<String, Histogram> byTag = new LinkedHashMap<>();
    histograms.forEach(
        (kind, histogram) -> {
          histogram.setStartTimeStamp(fromEpochMillis);
          histogram.setEndTimeStamp(toEpochMillis);
          byTag.put(kind.tag(), histogram);
        });
    LOG.write(folder.resolve(FILE), byTag);
  }
}
