package shedlab.bench.host;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import shedlab.report.file.Lines;
import shedlab.report.raw.PauseRecorder;

/** The command {@code floor} of the servers, and the file that it writes. */
final class FloorSamples {
  private static final String HEADER = "cpu,late_micros";
  private static final Pattern ROW = Pattern.compile("([0-9]{1,6}),([0-9]{1,12})");
  private static final long SLEEP_MICROS = 1_000;

  private FloorSamples() {}

  static List<String> arguments(Duration time, String file) {
    return List.of("floor", "--millis=" + time.toMillis(), "--file=" + file);
  }

  /**
   * The histogram of each CPU, with when it began and ended.
   *
   * @param endEpochMillis about when all of them ended
   * @throws HostException if it is not what the command writes
   */
  static SortedMap<Integer, Histogram> read(String csv, long endEpochMillis) {
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
    } catch (IOException e) {
      throw new HostException(HostException.reason(e), e);
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
