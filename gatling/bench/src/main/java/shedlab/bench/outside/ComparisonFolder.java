package shedlab.bench.outside;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import shedlab.report.file.StrictJson;
import shedlab.report.file.WholeFile;

/**
 * The folder of a comparison: its table, {@code env.json} and {@code README.md}. Table and report
 * are written anew after each server, so that an interrupted one leaves what it measured.
 *
 * @param table the name of the CSV file
 */
public record ComparisonFolder(Path path, String table) {
  private static final String REPORT = "README.md";

  /** Makes the folder, and says in it what the comparison runs on. */
  public void begin(Map<String, String> environment) throws IOException {
    Files.createDirectories(path);
    String json = new JsonMapper().writer(StrictJson.printer()).writeValueAsString(environment);
    WholeFile.write(path.resolve("env.json"), json + "\n", true);
  }

  /** Writes all rows and the report of them. */
  public void write(String csv, String markdown) throws IOException {
    WholeFile.write(path.resolve(table), csv, true);
    WholeFile.write(report(), markdown, false);
  }

  /** Where the report is. */
  public Path report() {
    return path.resolve(REPORT);
  }
}
