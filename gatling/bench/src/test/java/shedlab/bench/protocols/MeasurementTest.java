package shedlab.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What speaks against a row. */
class MeasurementTest {
  private static final Asked KEPT = new Asked(Protocol.H2, Answer.STATUS, true);
  private static final Asked NEW = new Asked(Protocol.H2, Answer.STATUS, false);
  private static final Asked PLAIN = KEPT.with(Answer.PLAIN);
  private static final Asked RESET = KEPT.with(Answer.RESET);
  private static final Asked CLOSE = NEW.with(Answer.CLOSE);

  private static Tally refused(long refused) {
    return new Tally(0, refused, 0, 0, 0, 2);
  }

  private static String problem(Asked asked, Tally tally, long shed) {
    return Measurement.problem(asked, tally, shed, shed);
  }

  @Test
  void theCountsOfBothSidesAreEqual() {
    for (Asked asked : new Asked[] {KEPT, NEW}) {
      assertThat(problem(asked, refused(1_000), 1_000)).isEmpty();
      assertThat(problem(asked, refused(1_000), 1_001))
          .isEqualTo("the server shed 1001, its clients count 1000");
      assertThat(problem(asked, refused(1_000), 999))
          .isEqualTo("the server shed 999, its clients count 1000");
    }
  }

  @Test
  void aResetIsARefusalOnlyWhereResetsAreMeasured() {
    Tally resets = new Tally(0, 0, 0, 500, 0, 2);

    assertThat(problem(RESET, resets, 500)).isEmpty();
    assertThat(problem(KEPT, resets, 500)).isEqualTo("500 answers were no 429");
    assertThat(problem(RESET, refused(3), 3)).isEqualTo("3 streams were not reset");
  }

  @Test
  void aClosedConnectionIsARefusalOnlyWhereThoseAreMeasured() {
    Tally mostlyClosed = new Tally(0, 12, 0, 0, 500, 2);

    assertThat(problem(CLOSE, mostlyClosed, 512)).isEmpty();
    assertThat(problem(NEW, mostlyClosed, 512)).isEqualTo("500 connections or requests failed");
    assertThat(problem(CLOSE, refused(12), 12))
        .isEqualTo("no connection was closed when it was accepted");
    assertThat(problem(CLOSE, new Tally(2, 0, 0, 0, 500, 2), 500))
        .isEqualTo("2 answers were neither a close nor a 429");
  }

  @Test
  void aConnectionThatFailedWithoutTheServerIsNoRefusal() {
    assertThat(problem(CLOSE, new Tally(0, 0, 0, 0, 500, 2), 450))
        .isEqualTo("the server shed 450, its clients count 500");
  }

  @Test
  void aPlain200NeverReachesTheGate() {
    Tally ok = new Tally(700, 0, 0, 0, 0, 2);

    assertThat(Measurement.problem(PLAIN, ok, 0, 0)).isEmpty();
    assertThat(Measurement.problem(PLAIN, ok, 3, 3)).isEqualTo("the gate received 3 requests");
    assertThat(Measurement.problem(PLAIN, new Tally(700, 1, 0, 0, 0, 2), 0, 0))
        .isEqualTo("1 answers were no 200");
  }

  @Test
  void anEmptyLoadIsMarked() {
    assertThat(problem(PLAIN, Tally.NONE, 0)).isEqualTo("no answer");
  }
}
