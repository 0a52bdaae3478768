package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.result.RunFiles;

class HeadlineTest {
  @Test
  void itIsTheFirstSentenceOfTheReportThoughTheRunHasVariants(@TempDir Path folder)
      throws IOException {
    RichRun.write(folder, 3, List.of(2.0), 3);
    Report.write(folder);

    Headline headline = Headline.of(RunFiles.open(folder));

    assertThat(headline.found()).contains("goodput was highest");
    assertThat(folder.resolve("REPORT.md"))
        .content()
        .contains("\n" + headline.found() + "\n", headline.validity());
  }
}
