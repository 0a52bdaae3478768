package shedlab.bench.cleanrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.bench.cleanrate.profile.HotMethodsTest;
import shedlab.bench.host.CpuSplit;
import shedlab.report.metric.Column;

class CleanRateReportTest {
  private static final CpuSplit MACHINE = CpuSplit.of(List.of(0), List.of(1));
  private static final Pace PACE = new Pace(2, 5, 2, 2, 1, List.of(1_000, 2_000, 3_000));

  private static String report(List<Generators> subjects, Findings findings) {
    return new CleanRateReport(findings, subjects, MACHINE, "netty", PACE, null)
        .markdown(Map.of("CPU", "a small one"), List.of("make", "clean-rate"));
  }

  @Test
  void everyNumberOfGeneratorsHasItsRateItsGrowthAndItsLimit() {
    assertThat(report(List.of(FindingsTest.ONE, FindingsTest.TWO), FindingsTest.findings()))
        .contains("**Not evidence**")
        .contains("| 1 | 1 | 1250 (1000 to 1500) | – | generator CPU (2) | the generators |")
        .contains(
            "| 2 | 1 \\| 1 (shared) | 1000 | 1.00 | generator CPU (1) | the server was the limit |")
        .contains("| 1 | 1000/s | 105.0 (100.0 to 110.0) | 20.0 | 50 % | 20 % |")
        .contains("| 1 | 3000/s | – | – | – | – |")
        .contains("| 1 | greatest clean | 97.5 (95.0 to 100.0) | 20.0 | 50 % | 20 % |")
        .contains("- block 2, 2 load generators: injector-2: gone")
        .contains("| CPU | a small one |", "| `late_p99_ms` | ms |", "`make clean-rate`")
        .doesNotContain("## With further flags", "## What limits it", "NaN");
  }

  @Test
  void generatorsWithFurtherFlagsStandBesideThoseWithout() {
    Generators flagged = new Generators(1, List.of("-Da=b"));
    Findings plain = FindingsTest.findings();
    List<Row> rows = new ArrayList<>(plain.rows());
    rows.add(new Row(1, 9, flagged, 1_000, FindingsTest.reading(50, 0.2)));
    Findings both = new Findings(rows, plain.answers(), List.of());

    assertThat(report(List.of(FindingsTest.ONE, flagged), both))
        .contains("## With further flags")
        .contains("| 1, `-Da=b` | µs of the generators at 1000/s | 0.50 |")
        .contains("| 1, `-Da=b` | greatest clean rate | – |");
  }

  @Test
  void aProfileHasItsSection() {
    assertThat(
            new CleanRateReport(
                    FindingsTest.findings(),
                    List.of(FindingsTest.ONE),
                    MACHINE,
                    "netty",
                    PACE,
                    HotMethodsTest.profile())
                .markdown(Map.of(), List.of("x")))
        .contains("## What limits it\n\n1 load generator at 2000/s")
        .contains("| Netty event loops | 75.0 % | 40 % | 75.0 |")
        .contains("| `a.B.c` | 60.0 % |");
  }

  @Test
  void aRowOfTheTableHasEveryColumn() throws Exception {
    String csv = Column.csv(RowColumns.ALL, FindingsTest.findings().rows());

    assertThat(csv.lines())
        .hasSize(8)
        .contains(
            "1,1,1,,1000,1000,1000,100.000,0.5000,0.100,2.000,20.000,0.2000,",
            "1,1,1,,2000,1000,1000,90.000,0.5000,0.100,2.000,20.000,0.3000,"
                + "generator CPU 0.800 (<= 0.700)");
  }
}
