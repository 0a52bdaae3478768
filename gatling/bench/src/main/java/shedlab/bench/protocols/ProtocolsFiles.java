package shedlab.bench.protocols;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import shedlab.report.file.StrictJson;
import shedlab.report.file.WholeFile;
import shedlab.report.metric.Column;

/**
 * The folder of a comparison: {@code protocols.csv}, {@code env.json} and {@code README.md}. They
 * are written anew after each process, so that an interrupted one leaves what it measured.
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
  private static final String TABLE = "protocols.csv";
  private static final String REPORT = "README.md";

  /** Makes the folder. */
  void begin() throws IOException {
    Files.createDirectories(folder);
    String json = new JsonMapper().writer(StrictJson.printer()).writeValueAsString(environment);
    WholeFile.write(folder.resolve("env.json"), json + "\n", true);
  }

  void write(List<Row> rows, List<String> gaps) throws IOException {
    WholeFile.write(folder.resolve(TABLE), Column.csv(RowColumns.ALL, rows), true);
    String report =
        new ProtocolsReport(rows, gaps, servers, pace, pace.evidence() && !shared)
            .markdown(environment, invocation);
    WholeFile.write(report(), report, false);
  }

  Path report() {
    return folder.resolve(REPORT);
  }
}
