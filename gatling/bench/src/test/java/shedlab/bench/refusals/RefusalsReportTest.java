package shedlab.bench.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.bench.refusals.Generator.Count;
import shedlab.report.metric.Column;

class RefusalsReportTest {
  private static final List<String> SERVERS = List.of("netty", "tokio");

  /** Tokio refuses 1,000 a second and answers 1,250; Netty does nine tenths and half of that. */
  private static List<Row> rows(int blocks) {
    List<Row> rows = new ArrayList<>();
    for (int block = 1; block <= blocks; block++) {
      for (Visit visit : Visit.block(block - 1, SERVERS, true)) {
        for (Load load : visit.loads()) {
          rows.add(new Row(block, rows.size() + 1, visit.subject(), load, reading(visit, load)));
        }
      }
    }
    return rows;
  }

  private static Reading reading(Visit visit, Load load) {
    boolean tokio = visit.subject().isTokio();
    boolean refusal = load.answer() == Load.Answer.REFUSAL;
    long answers = refusal ? (tokio ? 1_000 : 900) : (tokio ? 1_250 : 625);
    double bytes = tokio ? Double.NaN : 640.0 * answers;
    return new Reading(new Count(answers, refusal ? answers : 0, 0, 1), answers, 0.5, bytes, "");
  }

  private static String report(List<Row> rows, Pace pace) {
    return new RefusalsReport(
            rows, List.of("block 1, jetty, cold: gone"), SERVERS, pace, pace.evidence())
        .markdown(Map.of("kernel", "6.1"), List.of("make", "refusals"));
  }

  @Test
  void aServerIsComparedWithItsOwn200AndWithTokio() {
    assertThat(report(rows(4), Pace.WHOLE))
        .doesNotContain("Not evidence")
        .contains("median of 4 blocks of 2 s")
        .contains(
            "| netty | 900 | 625 | 1.44 [1.44 to 1.44] ✓ | 0.90 [0.90 to 0.90] ✓ | 50 % | 50 % |")
        .contains("| tokio | 1000 | 1250 | 0.80 [0.80 to 0.80] ✗ | – | 50 % | 50 % |")
        .contains(
            "| netty | 555.6 | 800.0 | 1.44 [1.44 to 1.44] ✓ | 0.90 [0.90 to 0.90] ✓ | 640 | 640 |")
        .contains("| tokio | 500.0 | 400.0 | 0.80 [0.80 to 0.80] ✗ | – | – | – |")
        .contains("| tokio | 1000 | 1000 | 1.00 [1.00 to 1.00] | – |")
        .contains("| netty | kept | 900 | 900 | 1.00 [1.00 to 1.00] ✓ |")
        .contains("## From the first request", "## As many as are offered", "| kernel | 6.1 |")
        .contains("in 80 of 80 rows", "| `cpu_us` | µs |")
        .endsWith("Made by `make refusals`.\n");
  }

  @Test
  void oneBlockIsNoEvidenceAndHasNoInterval() {
    assertThat(report(rows(1), Pace.QUICK))
        .contains("**Not evidence**", "| netty | 900 | 625 | 1.44 | 0.90 | 50 % |");
  }

  @Test
  void aMarkedRowIsNamedWithItsReason() {
    List<Row> rows = new ArrayList<>(rows(2));
    Row first = rows.get(0);
    Reading marked = new Reading(first.reading().count(), 7, 1, 1, "the server shed 7");
    rows.set(0, new Row(1, 1, first.subject(), first.load(), marked));

    assertThat(report(rows, Pace.WHOLE))
        .contains("in 39 of 40 rows", "\n- not measured: block 1, jetty, cold: gone\n\n## Env")
        .contains(
            "- block 1, netty, fixed:limit=1, warm, 429, kept, saturated: the server shed 7; left"
                + " out.");
  }

  @Test
  void theTableHasARowForEachMeasurementAndIsEmptyWhereNothingIsKnown() throws Exception {
    List<String> lines = Column.csv(RowColumns.ALL, rows(1)).lines().toList();

    assertThat(lines).hasSize(1 + 2 * 10);
    assertThat(lines.get(1))
        .isEqualTo(
            "1,1,netty,fixed:limit=1,warm,429,kept,,1.0000,900,900,900.0,0.500000,0.500,555.556,640.0,");
    assertThat(lines.get(12)).startsWith("1,12,tokio,fixed:limit=1,warm,200,kept,,1.0000,1250,,");
    assertThat(lines.get(12)).endsWith(",400.000,,");
  }
}
