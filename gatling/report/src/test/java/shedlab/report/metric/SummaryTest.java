package shedlab.report.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.metric.Summary.Row;
import shedlab.report.raw.Floor;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.SampleRun;

class SummaryTest {
  private static final Manifest PLAN =
      SampleRun.manifest(SampleRun.STRATEGIES, SampleRun.LOADS, 3, true, 3);

  @Test
  void takesTheMedianOfTheValidRepeats() {
    Row row = only(List.of(run(1, 100, true), run(2, 130, true), run(3, 104, true)));

    assertThat(row.valid()).isEqualTo(3);
    assertThat(row.get(Metric.GOODPUT)).isEqualTo(104);
    assertThat(row.get(Metric.GOODPUT_MIN)).isEqualTo(100);
    assertThat(row.get(Metric.GOODPUT_MAX)).isEqualTo(130);
  }

  @Test
  void theMedianOfTwoIsTheirMean() {
    assertThat(only(List.of(run(1, 100, true), run(2, 110, true))).get(Metric.GOODPUT))
        .isEqualTo(105);
  }

  @Test
  void anInvalidCellIsCountedAndNotAveraged() {
    Row row = only(List.of(run(1, 100, true), run(2, 9_999, false), run(3, 104, true)));

    assertThat(row.valid()).isEqualTo(2);
    assertThat(row.invalid()).isEqualTo(1);
    assertThat(row.get(Metric.GOODPUT)).isEqualTo(102);
    assertThat(row.get(Metric.GOODPUT_MAX)).isEqualTo(104);
  }

  @Test
  void aRowOfInvalidCellsStaysWithoutFigures() throws IOException {
    Summary summary = Summary.of(PLAN, List.of(run(1, 100, false)));

    assertThat(summary.rows().get(0).hasFigures()).isFalse();
    assertThat(summary.rows().get(0).get(Metric.GOODPUT)).isNaN();
    assertThat(summary.csv(Floor.NOT_MEASURED)).contains("undertow,none,,2,0,1,,,,");
  }

  @Test
  void keepsTheOrderOfThePlanWhateverTheOrderOfTheCells(@TempDir Path folder) throws IOException {
    List<CellResult> cells = SampleRun.write(folder, 1, true).cells();
    List<CellResult> shuffled = new ArrayList<>(cells);
    shuffled.sort(Comparator.comparing(c -> c.key().id().hashCode()));

    Summary summary = Summary.of(PLAN, shuffled);

    assertThat(summary).isEqualTo(Summary.of(PLAN, cells));
    assertThat(summary.servers()).isEqualTo(SampleRun.SERVERS);
    assertThat(
            summary
                .csv(Floor.NOT_MEASURED)
                .lines()
                .skip(1)
                .map(l -> l.replaceFirst(",.*", ""))
                .distinct())
        .isEqualTo(SampleRun.SERVERS);
  }

  private static Row only(List<CellResult> cells) {
    List<Row> rows = Summary.of(PLAN, cells).rows();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static CellResult run(int repeat, double goodput, boolean ok) {
    CellResult cell = SampleRun.cell("undertow", "none", 2, repeat, new Random(1));
    return SampleRun.with(cell, goodput, ok, null);
  }
}
