package shedlab.report.raw;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * {@code part.hlog}: histograms of one of several load generators, in microseconds, from which
 * those of all are added up, beside those of {@link LatencyLog}. The only reader and the only
 * writer of that file. Kinds of clients are numbered from 0 in the order of the job.
 */
public final class PartLog {
  /** The file's name in a generator's folder. */
  public static final String FILE = "part.hlog";

  /** How late requests of the window started. */
  public static final String LATENESS = "lateness";

  /** Response times of the window's 200s from the actual start. */
  public static final String UNCORRECTED_ADMITTED = "uncorrected-admitted";

  /** The same of 429s. */
  public static final String UNCORRECTED_SHED = "uncorrected-shed";

  private static final HistogramLog LOG =
      new HistogramLog(
          "What a load generator adds to the figures of all, in microseconds",
          Pattern.compile(
              "lateness|uncorrected-admitted|uncorrected-shed"
                  + "|client-[0-9]{1,3}-(admitted|shed)|row-[0-9]{1,6}"),
          "lateness|uncorrected-admitted|uncorrected-shed|client-N-admitted|client-N-shed|row-N",
          tag -> tag.startsWith("row-") ? tag : "");

  private PartLog() {}

  /** Response times of a kind of client's 200s from the intended start. */
  public static String admittedOf(int client) {
    return "client-" + client + "-admitted";
  }

  /** The same of 429s. */
  public static String shedOf(int client) {
    return "client-" + client + "-shed";
  }

  /** The same of the 200s of a row of {@link ClientCsv}, which counts from 0. */
  public static String row(int number) {
    return "row-" + number;
  }

  /**
   * Reads the file of a generator's folder; a histogram without values may be missing.
   *
   * @throws IOException that names file and line, if it is not there or not what it should be
   */
  public static Map<String, Histogram> read(Path folder) throws IOException {
    return LOG.read(folder.resolve(FILE));
  }

  /** Writes the file into a folder; the histograms have their times. */
  public static void write(Path folder, Map<String, Histogram> histograms) throws IOException {
    LOG.write(folder.resolve(FILE), histograms);
  }
}
