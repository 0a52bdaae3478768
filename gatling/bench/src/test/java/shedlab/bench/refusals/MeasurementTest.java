package shedlab.bench.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.bench.refusals.Generator.Count;
import shedlab.bench.refusals.Load.Answer;

/** What speaks against a row. */
class MeasurementTest {
  private static final Load REFUSAL = Load.saturated(Answer.REFUSAL, true);
  private static final Load PLAIN = Load.saturated(Answer.PLAIN, true);

  private static Count refused(long answers) {
    return new Count(answers, answers, 0, 2);
  }

  @Test
  void theServerMayHaveShedOneRequestMoreForEachConnection() {
    assertThat(Measurement.problem(REFUSAL, refused(1_000), 1_000, 1_000)).isEmpty();
    assertThat(Measurement.problem(REFUSAL, refused(1_000), 1_032, 1_032)).isEmpty();
  }

  @Test
  void otherCountsOfTheServerMarkTheRow() {
    assertThat(Measurement.problem(REFUSAL, refused(1_000), 1_033, 1_033))
        .isEqualTo("the server shed 1033, its clients count 1000");
    assertThat(Measurement.problem(REFUSAL, refused(1_000), 999, 999))
        .isEqualTo("the server shed 999, its clients count 1000");
  }

  @Test
  void anAnswerOfTheOtherKindMarksTheRow() {
    assertThat(Measurement.problem(REFUSAL, new Count(1_000, 998, 0, 2), 1_000, 998))
        .isEqualTo("2 answers were no 429");
    assertThat(Measurement.problem(PLAIN, new Count(1_000, 1, 0, 2), 0, 0))
        .isEqualTo("1 answers were no 200");
    assertThat(Measurement.problem(PLAIN, new Count(1_000, 0, 0, 2), 3, 3))
        .isEqualTo("the gate received 3 requests");
    assertThat(Measurement.problem(PLAIN, new Count(1_000, 0, 0, 2), 0, 0)).isEmpty();
  }

  @Test
  void anAdmissionBetweenTwoTasksThatHoldThePermitIsNoMark() {
    assertThat(Measurement.problem(REFUSAL, new Count(1_000, 999, 0, 2), 1_000, 999)).isEmpty();
  }

  @Test
  void failedConnectionsAndAnEmptyLoadMarkTheRow() {
    assertThat(Measurement.problem(REFUSAL, new Count(10, 10, 4, 2), 10, 10))
        .isEqualTo("4 connections or requests failed");
    assertThat(Measurement.problem(PLAIN, new Count(0, 0, 0, 2), 0, 0)).isEqualTo("no answer");
  }

  @Test
  void aRateThatDidNotComeMarksTheRow() {
    Load load = Load.offered(1_000);

    assertThat(Measurement.problem(load, refused(1_990), 1_990, 1_990)).isEmpty();
    assertThat(Measurement.problem(load, refused(1_900), 1_900, 1_900))
        .isEqualTo("only 950 requests a second came");
  }
}
