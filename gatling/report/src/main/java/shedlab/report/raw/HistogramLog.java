package shedlab.report.raw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import shedlab.report.file.Lines;
import shedlab.report.file.Place;
import shedlab.report.file.WholeFile;

/**
 * A file in the format of HdrHistogram's log: a histogram of microseconds in each line, named by
 * its tag, with when it began and how long it took. Read strictly.
 *
 * @param comment the file's first line of its own
 * @param tag what a tag matches
 * @param tags the same in words
 * @param group of a tag: histograms of one group began and ended together
 */
public record HistogramLog(String comment, Pattern tag, String tags, UnaryOperator<String> group) {
  private static final Pattern START =
      Pattern.compile("#\\[StartTime: ([0-9]{1,12}\\.[0-9]{3}) \\(seconds since epoch\\), .*]");
  private static final String LEGEND =
      "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"";
  private static final String SECONDS = "([0-9]{1,9}\\.[0-9]{3})";
  private static final Pattern INTERVAL =
      Pattern.compile(
          "Tag=([^,]*)," + SECONDS + "," + SECONDS + "," + SECONDS + ",([A-Za-z0-9+/]+={0,2})");

  /**
   * The histograms by tag, in the order of the file.
   *
   * @throws IOException that names file and line, if it is not there or not what it should be
   */
  public Map<String, Histogram> read(Path file) throws IOException {
    Map<String, Histogram> found = new LinkedHashMap<>();
    try (Lines lines = Lines.of(file)) {
      long start = 0;
      boolean legend = false;
      Map<String, String> windows = new HashMap<>();
      for (String line = lines.nextWhole(); line != null; line = lines.nextWhole()) {
        Matcher time = START.matcher(line);
        if (time.matches()) {
          start = millis(time.group(1));
        } else if (!legend && line.equals(LEGEND)) {
          legend = true;
        } else if (legend || !line.startsWith("#")) {
          Matcher interval = INTERVAL.matcher(line);
          if (!legend || !interval.matches() || !tag.matcher(interval.group(1)).matches()) {
            String rule = "Tag=" + tags + ", three times in seconds, a histogram";
            throw lines.place().broken("interval", line, legend ? rule : LEGEND);
          }
          String name = interval.group(1);
          Histogram histogram = histogram(lines.place(), interval);
          String span = interval.group(2) + "," + interval.group(3);
          String window = windows.putIfAbsent(group.apply(name), span);
          if (window != null && !span.equals(window)) {
            throw lines
                .place()
                .broken("StartTimestamp,Interval_Length", span, window + ", as above");
          }
          histogram.setStartTimeStamp(start + millis(interval.group(2)));
          histogram.setEndTimeStamp(histogram.getStartTimeStamp() + millis(interval.group(3)));
          if (found.put(name, histogram) != null) {
            throw lines.place().broken("Tag", name, "each once");
          }
        }
      }
      if (found.isEmpty()) {
        throw lines.place().broken("intervals", "none", "those of " + tags);
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

  /** Writes histograms that have their times, of which the earliest is the file's. */
  public void write(Path file, Map<String, Histogram> histograms) throws IOException {
    long zero =
        histograms.values().stream().mapToLong(Histogram::getStartTimeStamp).min().orElse(0);
    var text = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(text, false, StandardCharsets.UTF_8)) {
      HistogramLogWriter log = new HistogramLogWriter(out);
      log.outputLogFormatVersion();
      log.outputComment("[" + comment + "]");
      log.outputStartTime(zero);
      log.setBaseTime(zero);
      log.outputLegend();
      histograms.forEach(
          (name, histogram) -> {
            histogram.setTag(name);
            log.outputIntervalHistogram(histogram);
          });
    }
    // The library ends its legend as the system does.
    WholeFile.write(file, text.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"), false);
  }
}
