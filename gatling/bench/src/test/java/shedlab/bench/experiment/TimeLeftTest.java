package shedlab.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  /** Ten cells of ten seconds. */
  private static Duration planned(int done) {
    return Duration.ofSeconds(Math.max(0, 100 - 10L * done));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void aRunThatKeepsToItsPlanCountsDown() {
    var left = new TimeLeft(TimeLeftTest::planned, 0);

    assertThat(left.at(seconds(0))).isEqualTo(seconds(100));
    assertThat(left.at(seconds(4))).isEqualTo(seconds(96));
    left.finished(seconds(10));
    assertThat(left.at(seconds(13))).isEqualTo(seconds(87));
  }

  @Test
  void cellsThatTakeLongerMakeAllOthersLonger() {
    var left = new TimeLeft(TimeLeftTest::planned, 0);

    left.finished(seconds(15));

    assertThat(left.at(seconds(15))).isEqualTo(seconds(135));
  }

  @Test
  void aCellThatHangsLeavesTheTimeOfTheOthers() {
    var left = new TimeLeft(TimeLeftTest::planned, 0);

    assertThat(left.at(seconds(500))).isEqualTo(seconds(90));
  }

  @Test
  void somethingIsLeftUntilTheEnd() {
    var left = new TimeLeft(TimeLeftTest::planned, 9);

    assertThat(left.at(seconds(60))).isPositive();
    left.finished(seconds(61));
    assertThat(left.at(seconds(70))).isPositive();
  }

  @Test
  void whatIsRepeatedBeyondThePlanIsShownAtOnceAndDoesNotMakeTheCellsLonger() {
    var left = new TimeLeft(TimeLeftTest::planned, 0);

    left.unplanned(seconds(40));
    assertThat(left.at(seconds(5))).isEqualTo(seconds(135));
    left.finished(seconds(50));

    assertThat(left.at(seconds(50))).isEqualTo(seconds(90));
  }

  @Test
  void aRepeatAfterTheLastCellIsTimeLeft() {
    var left = new TimeLeft(TimeLeftTest::planned, 9);

    left.finished(seconds(10));
    left.unplanned(seconds(45));

    assertThat(left.at(seconds(15))).isEqualTo(seconds(40));
  }

  @Test
  void aResumedRunIsScaledByItsOwnCellsAlone() {
    var left = new TimeLeft(TimeLeftTest::planned, 5);

    left.finished(seconds(20));

    assertThat(left.at(seconds(20))).isEqualTo(seconds(80));
  }
}
