package shedlab.report.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import shedlab.report.result.Latency;
import shedlab.report.result.RunFiles;

/**
 * {@code floor.hlog}: the noise floor of the machine, or of each, how late a thread wakes on each
 * CPU of the run while that is idle, before the run and at its end. The only reader and writer of
 * that file.
 *
 * @param parts the measurements in the order of the file; none if the run did not measure it
 */
public record Floor(List<Part> parts) {
  /** The file's name in a run's folder. */
  public static final String FILE = RunFiles.FLOOR;

  /** The name of the machine in a run that has one only. */
  public static final String ONE_MACHINE = "";

  /** Of a run that did not measure it. */
  public static final Floor NOT_MEASURED = new Floor(List.of());

  /** A percentile of up to so many times the floor's is the machine's, not the subject's. */
  public static final int FACTOR = 2;

  private static final Pattern TAG =
      Pattern.compile("(before|after)-(?:([a-z0-9]{1,20})-)?cpu([0-9]{1,6})");

  private static final HistogramLog LOG =
      new HistogramLog(
          "How late a thread wakes on an idle CPU, in microseconds",
          TAG,
          "before-cpuN|after-cpuN|before-MACHINE-cpuN|after-MACHINE-cpuN",
          tag -> tag);

  /** When it was measured. */
  public enum When {
    BEFORE,
    AFTER;

    /** Its name in the file and in sentences. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One CPU, once.
   *
   * @param machine which machine's; empty if the run has one only
   * @param late how late a thread woke, at a moment chosen at random
   */
  public record Part(
      When when, String machine, int cpu, long startEpochMillis, long millis, Latency late) {
    /** The CPU in a sentence: its number, and that of its machine if there are several. */
    public String where() {
      return machine.isEmpty() ? "CPU " + cpu : "CPU " + cpu + " of " + machine;
    }
  }

  /** That of one measurement, which is in no file. */
  public static Floor of(Map<Integer, Histogram> byCpu) {
    List<Part> parts = new ArrayList<>();
    byCpu.forEach((cpu, histogram) -> parts.add(part(When.BEFORE, ONE_MACHINE, cpu, histogram)));
    return new Floor(List.copyOf(parts));
  }

  /**
   * That of a run's folder.
   *
   * @throws IOException that names file and line, if it is not what it should be
   */
  public static Floor read(Path run) throws IOException {
    if (!Files.isRegularFile(run.resolve(FILE))) {
      return NOT_MEASURED;
    }
    List<Part> parts = new ArrayList<>();
    LOG.read(run.resolve(FILE))
        .forEach(
            (tag, histogram) -> {
              Matcher matcher = TAG.matcher(tag);
              if (matcher.matches()) {
                When when = When.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
                String machine = Objects.requireNonNullElse(matcher.group(2), ONE_MACHINE);
                parts.add(part(when, machine, Integer.parseInt(matcher.group(3)), histogram));
              }
            });
    return new Floor(List.copyOf(parts));
  }

  private static Part part(When when, String machine, int cpu, Histogram histogram) {
    long start = histogram.getStartTimeStamp();
    long millis = histogram.getEndTimeStamp() - start;
    return new Part(when, machine, cpu, start, millis, Latency.of(histogram));
  }

  /** The same in a run that has one machine only. */
  public static void add(Path run, When when, SortedMap<Integer, Histogram> byCpu)
      throws IOException {
    add(run, when, ONE_MACHINE, byCpu);
  }

  /**
   * Adds a measurement to the file of a run's folder; one of the same machine and time is replaced.
   *
   * @param machine letters and digits; empty if the run has one machine only
   */
  public static void add(Path run, When when, String machine, SortedMap<Integer, Histogram> byCpu)
      throws IOException {
    Path file = run.resolve(FILE);
    String prefix = when + "-" + (machine.isEmpty() ? "" : machine + "-") + "cpu";
    Map<String, Histogram> all = new LinkedHashMap<>();
    if (Files.isRegularFile(file)) {
      all.putAll(LOG.read(file));
      all.keySet().removeIf(tag -> tag.startsWith(prefix));
    }
    byCpu.forEach((cpu, histogram) -> all.put(prefix + cpu, histogram));
    LOG.write(file, all);
  }

  /** False for a run that did not measure it. */
  public boolean measured() {
    return !parts.isEmpty();
  }

  /** A percentile in microseconds, the greatest of all CPUs and times; 0 if it was not measured. */
  public long at(ToLongFunction<Latency> percentile) {
    return parts.stream().map(Part::late).mapToLong(percentile).max().orElse(0);
  }

  /** The least value of a percentile that may be the subject's; 0 if it was not measured. */
  public long resolves(ToLongFunction<Latency> percentile) {
    return FACTOR * at(percentile);
  }

  /** True if a percentile cannot be told from the machine's own. */
  public boolean covers(ToLongFunction<Latency> percentile, long micros) {
    return micros > 0 && micros <= resolves(percentile);
  }
}
