package shedlab.report.merge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.PartCounts;
import shedlab.report.raw.PartLog;

/**
 * Everything that one load generator tells of its part of a job.
 *
 * @param latencies by kind of answer
 * @param more histograms by their names in {@link PartLog}
 */
record Played(
    LoadResult result,
    ClientCsv course,
    Map<LatencyLog.Kind, Histogram> latencies,
    Map<String, Histogram> more,
    PartCounts counts) {

  /**
   * That of a generator's folder.
   *
   * @throws IOException that names file and line, if a file is not there or not what it should be
   */
  static Played read(Path folder) throws IOException {
    return new Played(
        LoadResult.read(folder),
        ClientCsv.read(folder),
        LatencyLog.read(folder),
        PartLog.read(folder),
        PartCounts.read(folder));
  }
}
