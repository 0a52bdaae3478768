package shedlab.bench.league;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static final int ROWS = 80 * Recovery.PER_SECOND;

  /** A course with the same number in every row. */
  private static long[] steady(long count) {
    long[] rows = new long[ROWS];
    Arrays.fill(rows, count);
    return rows;
  }

  /** The same with another number between two seconds. */
  private static long[] between(long[] course, double from, double to, long count) {
    long[] changed = course.clone();
    Arrays.fill(
        changed, (int) (from * Recovery.PER_SECOND), (int) (to * Recovery.PER_SECOND), count);
    return changed;
  }

  private static Recovery judged(long[] answered) {
    return new Recovery(answered, steady(20), steady(20));
  }

  @Test
  void aRunThatIsLikeItsTwinIsBackAtOnce() {
    assertThat(judged(steady(20)).seconds(60)).hasValue(0);
  }

  @Test
  void aServiceThatAnswersNobodyInTimeIsNeverBack() {
    assertThat(judged(steady(0)).seconds(60)).isEmpty();
  }

  @Test
  void theTimeIsThatOfTheFirstWholeSecondThatIsLikeTheTwins() {
    assertThat(judged(between(steady(20), 0, 7.5, 3)).seconds(60)).hasValue(7.5);
  }

  @Test
  void fivePercentAreNotMissed() {
    assertThat(judged(steady(19)).seconds(60)).hasValue(0);
    assertThat(judged(steady(18)).seconds(60)).isEmpty();
  }

  @Test
  void aServiceThatIsDownAgainWithinTenSecondsWasNotBack() {
    long[] relapse = between(between(steady(20), 0, 2, 0), 6, 20, 0);

    assertThat(judged(relapse).seconds(60)).hasValue(20);
  }

  @Test
  void aMomentWithoutAnswersIsForgiven() {
    assertThat(judged(between(steady(20), 5, 5.25, 15)).seconds(60)).hasValue(0);
  }

  @Test
  void laterThanAllowedIsNever() {
    long[] late = between(steady(20), 0, 61, 0);

    assertThat(judged(late).seconds(60)).isEmpty();
    assertThat(judged(late).seconds(61)).hasValue(61);
  }

  @Test
  void asGoodAsACollapsedTwinIsNotBack() {
    assertThat(new Recovery(steady(2), steady(2), steady(20)).seconds(60)).isEmpty();
  }

  @Test
  void aStrategyThatAlwaysRefusesSomeIsBackWhenItDoesSoAgain() {
    assertThat(new Recovery(steady(15), steady(15), steady(20)).seconds(60)).hasValue(0);
  }

  @Test
  void aRunThatEndsTooSoonProvesNothing() {
    long[] nine = Arrays.copyOf(steady(20), 9 * Recovery.PER_SECOND);

    assertThat(judged(nine).seconds(60)).isEmpty();
  }
}
