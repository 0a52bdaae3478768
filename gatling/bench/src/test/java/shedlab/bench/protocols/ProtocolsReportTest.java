package shedlab.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.report.metric.Column;

class ProtocolsReportTest {
  private static final List<String> SERVERS = List.of("netty", "jetty");

  /** In half a second of CPU time: TLS halves what is done, a reset adds a quarter. */
  private static List<Row> rows(int blocks) {
    List<Row> rows = new ArrayList<>();
    for (int block = 1; block <= blocks; block++) {
      for (Visit visit : Visit.block(block - 1, SERVERS)) {
        for (Asked asked : visit.loads()) {
          rows.add(new Row(block, rows.size() + 1, visit.server(), asked, reading(asked)));
        }
      }
    }
    return rows;
  }

  private static Reading reading(Asked asked) {
    long base = asked.protocol() == Protocol.HTTP ? 1_000 : 500;
    Tally tally =
        switch (asked.answer()) {
          case PLAIN -> new Tally(base * 8 / 10, 0, 0, 0, 0, 1);
          case STATUS -> new Tally(0, base, 0, 0, 0, 1);
          case RESET -> new Tally(0, 0, 0, base * 5 / 4, 0, 1);
          case CLOSE -> new Tally(0, 100, 0, 0, 3_900, 1);
        };
    return new Reading(tally, tally.ended(), 0.5, "");
  }

  private static String report(List<Row> rows, List<String> gaps, Pace pace) {
    return new ProtocolsReport(rows, gaps, SERVERS, pace, pace.evidence())
        .markdown(Map.of("kernel", "6.1"), List.of("make", "protocols"));
  }

  @Test
  void everyRowStandsBesideItsOwn200AndThe429InClear() {
    assertThat(report(rows(3), List.of(), Pace.WHOLE))
        .doesNotContain("Not evidence")
        .contains("median of 3 blocks of about 2 s", "Bursts of 256 new connections")
        .contains("| netty | http | `200` | 800 | 625.0 | 50 % | – | 0.80 [0.80 to 0.80] |")
        .contains("| netty | http | `429` | 1000 | 500.0 | 50 % | 1.25 [1.25 to 1.25] | – |")
        .contains(
            "| jetty | https | `429` | 500 | 1000.0 | 50 % | 1.25 [1.25 to 1.25] | 0.50 [0.50 to 0.50] |")
        .contains("| jetty | h2 | `reset` | 625 | 800.0 | 50 % | 1.56 [1.56 to 1.56] | 0.6")
        .contains(
            "| netty | h2 | `connection` | 4000 | 125.0 | 50 % | 10.00 [10.00 to 10.00] | 4.00 [4.00 to 4.00] | 97.5 % |")
        .contains("in 102 of 102 rows", "| kernel | 6.1 |", "| `cpu_us` | µs |")
        .endsWith("Made by `make protocols`.\n");
  }

  @Test
  void theAnswersComeFirstAndTheSenselessCombinationsHaveTheirReason() {
    String report = report(rows(3), List.of(), Pace.WHOLE);

    assertThat(report)
        .contains(
            "- RST_STREAM, compared with a `429` over HTTP/2, kept connections: more"
                + " refusals per CPU second on netty (1.25 [1.25 to 1.25]) and jetty (1.25 [1.25 to"
                + " 1.25]).")
        .contains("- `reset` over `http` and `https`: HTTP/1.1 has no streams, and the servers")
        .contains("- `connection` over kept connections: a connection that is open gets a `429`");
    assertThat(report.indexOf("## Answers")).isLessThan(report.indexOf("## Kept connections"));
  }

  @Test
  void oneBlockIsNoEvidenceAndHasNoInterval() {
    assertThat(report(rows(1), List.of(), Pace.QUICK))
        .contains("**Not evidence**", "| netty | http | `429` | 1000 | 500.0 | 50 % | 1.25 | – |")
        .contains("one block, and so no interval, on netty (1.25) and jetty (1.25).");
  }

  @Test
  void whatIsMarkedOrMissingIsNamedWithItsReason() {
    List<Row> rows = new ArrayList<>(rows(2));
    Row first = rows.get(0);
    Reading marked = new Reading(first.reading().tally(), 7, 1, "the server shed 7");
    rows.set(0, new Row(1, 1, first.server(), first.asked(), marked));

    assertThat(report(rows, List.of("block 1, jetty, h2, refusing with reset: gone"), Pace.WHOLE))
        .contains("in 67 of 68 rows")
        .contains("\n- block 1, netty, http, 429, kept: the server shed 7; left out.\n")
        .contains("\n- not measured: block 1, jetty, h2, refusing with reset: gone\n\n## Env");
  }

  @Test
  void theTableHasARowForEachMeasurement() throws Exception {
    List<String> lines = Column.csv(RowColumns.ALL, rows(1)).lines().toList();

    assertThat(lines).hasSize(1 + 2 * 17);
    assertThat(lines.get(1))
        .isEqualTo("1,1,netty,http,429,kept,1.0000,1000,0,1000,1000.0,0.500000,0.500,500.000,");
    assertThat(lines.get(2)).startsWith("1,2,netty,http,200,kept,1.0000,800,0,,800.0,");
    assertThat(lines.get(5))
        .isEqualTo(
            "1,5,netty,http,connection,new,1.0000,4000,3900,4000,4000.0,0.500000,0.500,125.000,");
  }
}
