package shedlab.report.raw;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import shedlab.report.file.Lines;

/**
 * What the servers' command {@code floor} writes: a line for every wake-up of a thread on each CPU.
 * It is in no result; {@link Floor} has its histograms.
 */
public final class WakeUpSamples {
  private static final String HEADER = "cpu,late_micros";
  private static final Pattern ROW = Pattern.compile("([0-9]{1,6}),([0-9]{1,12})");
  private static final long SLEEP_MICROS = 1_000;

  private WakeUpSamples() {}

  /**
   * The histogram of each CPU, with when it began and ended.
   *
   * @param endEpochMillis about when all of them ended
   * @throws IOException that names the line, if it is not what the command writes
   */
  public static SortedMap<Integer, Histogram> read(String csv, long endEpochMillis)
      throws IOException {
    Map<Integer, PauseRecorder> recorders = new LinkedHashMap<>();
    Map<Integer, Long> micros = new LinkedHashMap<>();
    try (Lines lines = Lines.of(csv, "floor.csv")) {
      for (String line = lines.nextWhole(); line != null; line = lines.nextWhole()) {
        Matcher row = ROW.matcher(line);
        if (lines.place().line() == 1 ? !line.equals(HEADER) : !row.matches()) {
          throw lines.place().broken("line", line, HEADER);
        }
        if (lines.place().line() > 1) {
          int cpu = Integer.parseInt(row.group(1));
          long late = Long.parseLong(row.group(2));
          recorders.computeIfAbsent(cpu, c -> new PauseRecorder()).late(late);
          micros.merge(cpu, SLEEP_MICROS + late, Long::sum);
        }
      }
      if (recorders.isEmpty()) {
        throw lines.place().broken("lines", "none", "a line for every wake-up");
      }
    }
    SortedMap<Integer, Histogram> byCpu = new TreeMap<>();
    recorders.forEach(
        (cpu, recorder) -> {
          Histogram histogram = recorder.histogram();
          histogram.setStartTimeStamp(endEpochMillis - micros.getOrDefault(cpu, 0L) / 1_000);
          histogram.setEndTimeStamp(endEpochMillis);
          byCpu.put(cpu, histogram);
        });
    return byCpu;
  }
}
