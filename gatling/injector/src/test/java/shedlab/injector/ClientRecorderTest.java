package shedlab.injector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.load.LoadProfile;
import shedlab.report.raw.ClientBehaviour;
import shedlab.report.raw.LatencyLog.Kind;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.Progress;
import shedlab.report.raw.WorkAddress;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;

final class ClientRecorderTest {
  private static final long MILLI = 1_000_000;
  private static final long ZERO = 5_000 * MILLI;

  /** Ten requests, at 50 ms, 150 ms and so on; the first five before the window. */
  private static final LoadJob JOB =
      new LoadJob(
          "ten",
          WorkAddress.of("http://127.0.0.1:1"),
          List.of(new LoadProfile.Segment(10, 1)),
          "constant",
          1,
          1,
          "deterministic",
          100,
          1_000,
          0.5,
          false,
          ClientBehaviour.PLAIN);

  private final ClientRecorder recorder = recorder();

  private static ClientRecorder recorder() {
    ClientRecorder recorder = new ClientRecorder(JOB.schedule());
    recorder.zeroAt(ZERO);
    return recorder;
  }

  /** Request {@code index} starts late by the first time and takes the second. */
  private void record(int index, long lateMillis, int status, long lastedMillis) {
    long start = recorder.dueNanos(index) + lateMillis * MILLI;
    recorder.started(index, start);
    recorder.ended(index, status, start + lastedMillis * MILLI);
  }

  private Records records() {
    return new Records(JOB, recorder, 10_000 * MILLI);
  }

  @ParameterizedTest
  @CsvSource({
    "200, 0, 100, GOOD",
    "200, 0, 101, LATE",
    "200, 60, 50, LATE",
    "429, 0, 5000, SHED",
    "503, 0, 1, OTHER",
    "302, 0, 1, OTHER",
    "0, 0, 1000, TIMEOUT",
    "0, 0, 999, TRANSPORT",
    "0, 900, 200, TRANSPORT",
  })
  void aRequestIsJudgedFromItsIntendedStartAndATimeoutFromItsActualOne(
      int status, long lateMillis, long lastedMillis, Ending expected) {
    record(7, lateMillis, status, lastedMillis);

    assertThat(records().ending(7)).isEqualTo(expected);
  }

  @Test
  void everyIntendedRequestCountsOnceHoweverItEnded() {
    record(0, 0, 200, 1);
    record(5, 0, 200, 500);
    record(6, 0, 429, 1);
    record(7, 0, 503, 1);
    recorder.started(8, recorder.dueNanos(8));

    assertThat(records().outcomesFrom(0)).isEqualTo(new Outcomes(1, 1, 1, 1, 1, 5));
    assertThat(records().firstInWindow()).isEqualTo(5);
    assertThat(records().outcomesFrom(5)).isEqualTo(new Outcomes(0, 1, 1, 1, 1, 1));
    assertThat(recorder.started()).isEqualTo(5);
  }

  @Test
  void aResponseTimeCountsFromTheIntendedStart() {
    record(5, 20, 200, 30);

    assertThat(records().corrected(Kind.ADMITTED).getMaxValue()).isBetween(50_000L, 50_100L);
    assertThat(records().uncorrected(Kind.ADMITTED).getMaxValue()).isBetween(30_000L, 30_100L);
    assertThat(records().lateness().maxMicros()).isEqualTo(20_000);
    assertThat(Latency.of(records().corrected(Kind.SHED)).count()).isZero();
  }

  @Test
  void theLongestSilenceIsTheLongestTimeOfTheWindowInWhichNoRequestEnded() {
    assertThat(records().figures()).containsEntry("longest_silence_ms", 500.0);
    record(0, 0, 200, 1);
    record(5, 0, 200, 30); // ends at 580 ms
    record(6, 0, 429, 20); // at 670 ms
    record(8, 0, 503, 60); // at 910 ms
    record(9, 0, 200, 400); // beyond the window

    assertThat(records().figures()).containsEntry("longest_silence_ms", 240.0);
  }

  @Test
  void aSlotThatIsRecordedTwiceKeepsTheFirstAndIsCounted() {
    record(3, 0, 200, 1);
    record(3, 0, 429, 2);
    recorder.started(10, ZERO);
    recorder.ended(10, 200, ZERO);

    assertThat(recorder.duplicates()).isEqualTo(4);
    assertThat(records().ending(3)).isEqualTo(Ending.GOOD);
    assertThat(recorder.started()).isEqualTo(1);
  }

  @Test
  void lateStartsLowerTheRatioOfTheirSecond() {
    LoadJob threeSeconds =
        new LoadJob(
            "three",
            JOB.address(),
            List.of(new LoadProfile.Segment(10, 3)),
            "constant",
            1,
            1,
            "deterministic",
            100,
            1_000,
            0.5,
            false,
            ClientBehaviour.PLAIN);
    ClientRecorder late = new ClientRecorder(threeSeconds.schedule());
    late.zeroAt(ZERO);
    for (int i = 0; i < 30; i++) {
      late.started(i, late.dueNanos(i) + (i == 15 ? 1_000 * MILLI : 0));
    }

    assertThat(new Records(threeSeconds, late, 4_000 * MILLI).minStartRatio()).isEqualTo(0.9);
  }

  @Test
  void progressCountsWhatHappenedSoFar() {
    record(0, 0, 200, 1);
    record(1, 0, 429, 1);
    record(2, 0, 500, 1);
    recorder.started(3, recorder.dueNanos(3));

    Progress progress = recorder.progress("ten", ZERO + 1_500 * MILLI);
    assertThat(progress).isEqualTo(Progress.started("ten", 10, 4, 1, 1, 1, 1.5, 1, 4));
    assertThat(recorder.progress("ten", ZERO - MILLI).elapsedSeconds()).isZero();
  }
}
