package shedlab.bench.cleanrate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shedlab.bench.cleanrate.profile.Profile;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.outside.ComparisonFolder;
import shedlab.report.metric.Column;

/**
 * The {@linkplain ComparisonFolder folder} of a comparison, whose table is {@code clean-rate.csv}.
 *
 * @param subjects in the order of the tables
 * @param machine its CPUs, with one load generator
 * @param environment as at the beginning
 */
record CleanRateFiles(
    Path folder,
    List<Generators> subjects,
    CpuSplit machine,
    String server,
    Pace pace,
    Map<String, String> environment,
    List<String> invocation) {
  /** Makes the folder. */
  void begin() throws IOException {
    files().begin(environment);
  }

  void write(Findings findings, @Nullable Profile profile) throws IOException {
    String report =
        new CleanRateReport(findings, subjects, machine, server, pace, profile)
            .markdown(environment, invocation);
    files().write(Column.csv(RowColumns.ALL, findings.rows()), report);
  }

  Path report() {
    return files().report();
  }

  private ComparisonFolder files() {
    return new ComparisonFolder(folder, "clean-rate.csv");
  }
}
