package shedlab.gatling.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.gatling.result.SampleRun;

class ReportTest {
  @Test
  void writesAllItsFiles(@TempDir Path folder) throws IOException {
    SampleRun.write(folder, 1, true);

    Report.write(folder);

    assertThat(folder.resolve("report.html")).isNotEmptyFile();
    String keep = System.getProperty("report.sample", "");
    if (!keep.isEmpty()) {
      Files.createDirectories(Path.of(keep));
      SampleRun.write(Path.of(keep, "one"), 1, true);
      Report.write(Path.of(keep, "one"));
      SampleRun.write(Path.of(keep, "three"), 3, true);
      Report.write(Path.of(keep, "three"));
      SampleRun.write(Path.of(keep, "smoke"), 1, false);
      Report.write(Path.of(keep, "smoke"));
    }
  }
}
