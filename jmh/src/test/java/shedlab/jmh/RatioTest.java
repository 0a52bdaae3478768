package shedlab.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.jmh.Ratio.Verdict;

/** The statistic, which was fixed before there were any figures. */
final class RatioTest {
  /**
   * From the table of Conover, Practical Nonparametric Statistics, 95 %: the k-th of n, or none.
   */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "5, 0", "6, 1", "8, 1", "9, 2", "11, 2", "12, 3", "20, 6", "25, 8"})
  void theIntervalReachesFromTheKthLeastToTheKthGreatest(int values, int k) {
    assertThat(Ratio.outermost(values)).isEqualTo(k);
  }

  @Test
  void nineRoundsLeaveOutTheLeastAndTheGreatestRatio() {
    List<Double> ours = List.of(9.0, 1.0, 8.0, 2.0, 7.0, 3.0, 6.0, 4.0, 5.0);
    Ratio ratio = Ratio.of(ours, Collections.nCopies(9, 2.0));
    assertThat(ratio).isEqualTo(new Ratio(2.5, 1.0, 4.0));
  }

  /** In some rounds the machine is three times slower, for both benchmarks. */
  @Test
  void driftBetweenRoundsCancels() {
    List<Double> ours = List.of(11.0, 33.0, 11.0, 22.0, 33.0, 11.0);
    List<Double> other = List.of(10.0, 30.0, 10.0, 20.0, 30.0, 10.0);
    assertThat(Ratio.of(ours, other)).isEqualTo(new Ratio(1.1, 1.1, 1.1));
  }

  @Test
  void fewerThanSixRoundsHaveNoInterval() {
    Ratio ratio = Ratio.of(List.of(1.0, 3.0), List.of(1.0, 1.0));
    assertThat(ratio.median()).isEqualTo(2);
    assertThat(ratio.low()).isNaN();
    assertThat(ratio.verdict()).isEqualTo(Verdict.OPEN);
  }

  @ParameterizedTest
  @CsvSource({
    "0.80, 0.99, BELOW", "0.90, 1.00, BELOW", "0.99, 1.05, LEVEL", "1.00, 1.01, LEVEL",
    "0.50, 1.06, OPEN", "1.00, 9.00, OPEN", "1.01, 1.02, ABOVE", "1.50, 1.70, ABOVE"
  })
  void theIntervalDecidesTheVerdict(double low, double high, Verdict verdict) {
    assertThat(new Ratio((low + high) / 2, low, high).verdict()).isEqualTo(verdict);
    assertThat(verdict.meetsTheBar()).isEqualTo(high <= 1.05 && low <= 1);
  }
}
