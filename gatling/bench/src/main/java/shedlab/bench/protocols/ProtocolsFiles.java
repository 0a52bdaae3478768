package shedlab.bench.protocols;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import shedlab.bench.outside.ComparisonFolder;
import shedlab.report.metric.Column;

/**
 * The {@linkplain ComparisonFolder folder} of a comparison, whose table is {@code protocols.csv}.
 *
 * @param servers in the order of the tables
 * @param shared whether both sides share a CPU
 * @param environment as at the beginning
 */
record ProtocolsFiles(
    Path folder,
    List<String> servers,
    Pace pace,
    boolean shared,
    Map<String, String> environment,
    List<String> invocation) {
  /** Makes the folder. */
  void begin() throws IOException {
    files().begin(environment);
  }

  void write(List<Row> rows, List<String> gaps) throws IOException {
    String report =
        new ProtocolsReport(rows, gaps, servers, pace, pace.evidence() && !shared)
            .markdown(environment, invocation);
    files().write(Column.csv(RowColumns.ALL, rows), report);
  }

  Path report() {
    return files().report();
  }

  private ComparisonFolder files() {
    return new ComparisonFolder(folder, "protocols.csv");
  }
}
