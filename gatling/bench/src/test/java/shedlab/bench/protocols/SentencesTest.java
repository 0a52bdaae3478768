package shedlab.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {
  private static final Asked STATUS = new Asked(Protocol.H2, Answer.STATUS, true);
  private static final Asked RESET = STATUS.with(Answer.RESET);

  private final List<Row> rows = new ArrayList<>();

  /** A row of a server that does so many for a second of CPU. */
  private void row(int block, String server, Asked asked, long perCpuSecond) {
    Tally tally = new Tally(0, perCpuSecond, 0, 0, 0, 1);
    rows.add(new Row(block, 1, server, asked, new Reading(tally, perCpuSecond, 1, "")));
  }

  private void resets(String server, long... perCpuSecond) {
    for (int i = 0; i < perCpuSecond.length; i++) {
      row(i + 1, server, STATUS, 1_000);
      row(i + 1, server, RESET, perCpuSecond[i]);
    }
  }

  private String sentence(String... servers) {
    return new Sentences(new Results(rows), List.of(servers)).resets().get(0);
  }

  @Test
  void aDifferenceIsClaimedWhereTheWholeIntervalLiesOnOneSideOfOne() {
    resets("netty", 1_240, 1_250, 1_260);
    resets("jetty", 790, 800, 810);
    resets("undertow", 900, 1_000, 1_100);

    assertThat(sentence("undertow", "jetty", "netty"))
        .matches(
            "RST_STREAM, compared with a `429` over HTTP/2, kept connections: more refusals"
                + " per CPU second on netty \\(1\\.25 \\[1\\.2\\d to 1\\.2\\d]\\); fewer refusals per CPU"
                + " second on jetty \\(0\\.80 \\[0\\.7\\d to 0\\.8\\d]\\); no difference shown on undertow"
                + " \\(1\\.00 \\[0\\.\\d\\d to 1\\.\\d\\d]\\)\\.");
  }

  @Test
  void serversOfOneVerdictStandTogether() {
    resets("netty", 1_250, 1_250, 1_250);
    resets("jetty", 1_250, 1_250, 1_250);

    assertThat(sentence("netty", "jetty"))
        .endsWith(
            ": more refusals per CPU second on netty (1.25 [1.25 to 1.25]) and jetty (1.25 [1.25 to"
                + " 1.25]).");
  }

  @Test
  void oneBlockClaimsNothingAndAMissingPairIsSaid() {
    resets("netty", 1_250);
    row(1, "jetty", STATUS, 1_000);

    assertThat(sentence("netty", "jetty"))
        .endsWith(": one block, and so no interval, on netty (1.25); not measured on jetty.");
  }

  @Test
  void aMarkedRowClaimsNothing() {
    resets("netty", 1_250, 1_250);
    Row last = rows.remove(rows.size() - 1);
    Reading marked = new Reading(last.reading().tally(), 1, 1, "the server shed 1");
    rows.add(new Row(2, 1, "netty", RESET, marked));

    assertThat(sentence("netty")).endsWith(": one block, and so no interval, on netty (1.25).");
  }

  @Test
  void eachQuestionComparesWhatItNames() {
    Sentences sentences = new Sentences(new Results(rows), List.of("netty"));

    assertThat(sentences.protocols())
        .hasSize(4)
        .contains(
            "A `429` over HTTPS, compared with one in clear, kept connections: not"
                + " measured on netty.");
    assertThat(sentences.resets()).hasSize(2);
    assertThat(sentences.closes())
        .hasSize(3)
        .contains(
            "Closing at once, compared with a `429`, HTTP/2, new connections: not measured"
                + " on netty.");
  }
}
