package shedlab.report.raw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import shedlab.report.file.Lines;
import shedlab.report.file.Place;

/**
 * {@code latency.hlog}: every response time of a cell's window, in microseconds from the intended
 * start. The only reader and the only writer of that file.
 */
public final class LatencyLog {
  /** The file's name in a cell's folder. */
  public static final String FILE = "latency.hlog";

  private static final Pattern START =
      Pattern.compile("#\\[StartTime: ([0-9]{1,12}\\.[0-9]{3}) \\(seconds since epoch\\), .*]");
  private static final String LEGEND =
      "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"";
  private static final String SECONDS = "([0-9]{1,9}\\.[0-9]{3})";
  private static final Pattern INTERVAL =
      Pattern.compile(
          "Tag=(admitted|shed|failed),"
              + SECONDS
              + ","
              + SECONDS
              + ","
              + SECONDS
              + ",([A-Za-z0-9+/]+={0,2})");

  /** Of what kind of answers a histogram is. */
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
  }

  private LatencyLog() {}

  /**
   * Reads the file of a cell's folder; a kind without answers is missing. Start and end of a
   * histogram are those of the window.
   *
   * @throws IOException that names file and line, if it is not there or not what it should be
   */
  public static Map<Kind, Histogram> read(Path folder) throws IOException {
    var found = new EnumMap<Kind, Histogram>(Kind.class);
    try (Lines lines = Lines.of(folder.resolve(FILE))) {
      long start = 0;
      boolean legend = false;
      String window = "";
      Set<Kind> seen = EnumSet.noneOf(Kind.class);
      for (String line = lines.nextWhole(); line != null; line = lines.nextWhole()) {
        Matcher time = START.matcher(line);
        if (time.matches()) {
          start = millis(time.group(1));
        } else if (!legend && line.equals(LEGEND)) {
          legend = true;
        } else if (legend || !line.startsWith("#")) {
          Matcher interval = INTERVAL.matcher(line);
          if (!legend || !interval.matches()) {
            throw lines
                .place()
                .broken(
                    "interval",
                    line,
                    legend
                        ? "Tag=admitted|shed|failed, three times in seconds, a histogram"
                        : LEGEND);
          }
          Kind kind = Kind.valueOf(interval.group(1).toUpperCase(Locale.ROOT));
          if (!seen.add(kind)) {
            throw lines.place().broken("Tag", kind.tag(), "each once");
          }
          String span = interval.group(2) + "," + interval.group(3);
          if (!window.isEmpty() && !span.equals(window)) {
            throw lines
                .place()
                .broken("StartTimestamp,Interval_Length", span, window + ", as above");
          }
          window = span;
          Histogram histogram = histogram(lines.place(), interval);
          histogram.setStartTimeStamp(start + millis(interval.group(2)));
          histogram.setEndTimeStamp(histogram.getStartTimeStamp() + millis(interval.group(3)));
          if (histogram.getTotalCount() > 0) {
            found.put(kind, histogram);
          }
        }
      }
      if (seen.isEmpty()) {
        throw lines.place().broken("intervals", "none", "those of " + List.of(Kind.values()));
      }
    }
    return found;
  }

  private static Histogram histogram(Place place, Matcher interval) throws IOException {
    Histogram histogram = PackedHistogram.read(place, interval.group(5));
    String most = String.format(Locale.ROOT, "%.3f", histogram.getMaxValue() / 1e6);
    if (!interval.group(4).equals(most)) {
      throw place.broken("Interval_Max", interval.group(4), most + ", as the histogram has");
    }
    return histogram;
  }

  private static long millis(String seconds) {
    return Math.round(Double.parseDouble(seconds) * 1e3);
  }

  /** Writes the file into a folder, with when the window began and ended. */
  public static void write(
      Path folder, Map<Kind, Histogram> histograms, long fromEpochMillis, long toEpochMillis)
      throws IOException {
    var text = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(text, false, StandardCharsets.UTF_8)) {
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
    // The library ends its legend as the system does.
    String lines = text.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    Files.writeString(folder.resolve(FILE), lines);
  }
}
