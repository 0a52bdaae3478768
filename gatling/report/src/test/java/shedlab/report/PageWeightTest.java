package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.pack.Unpacked;

class PageWeightTest {
  /** What a page of an ordinary run may weigh: 144 cells on three servers, with their courses. */
  private static final long MOST_BYTES = 600_000;

  private static final int ORDINARY = 144;

  /** The bound for a run of so many cells: more cells may weigh more, fewer not less. */
  static long mostBytes(int cells) {
    return MOST_BYTES * Math.max(ORDINARY, cells) / ORDINARY;
  }

  @Test
  void thePageOfAnOrdinaryRunWeighsLittleAndStillShowsEveryCell(@TempDir Path folder)
      throws IOException {
    CourseChartTest.copy(Project.file("results/reference"), folder);
    Report.write(folder);
    Path page = folder.resolve("report.html");
    String all = Unpacked.page(Files.readString(page));
    List<String> cells = Files.readAllLines(folder.resolve("cells.jsonl"));

    assertThat(cells).hasSizeGreaterThan(100);
    assertThat(Files.size(page)).isLessThanOrEqualTo(mostBytes(cells.size()));
    assertThat(all.split("<div class=\"course\"", -1)).hasSize(cells.size() + 1);
    assertThat(all).contains("The figures: ratios", "Every check of every cell");
  }
}
