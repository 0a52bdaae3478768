package shedlab.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTest {
  private static final int SAMPLES = 2_000;

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0.5", "5, 0.9375", "6, 0.96875", "7, 0.984375", "9, 0.9609375"})
  void anIntervalOfOrderStatisticsStatesWhatItCovers(int n, double coverage) {
    assertThat(Bootstrap.orderStatistics(normal(new Random(1), n)).coverage())
        .isCloseTo(coverage, within(1e-12));
  }

  @Test
  void fiveValuesGiveFromLeastToGreatestAndNineTheSecondFromEitherEnd() {
    assertThat(Bootstrap.orderStatistics(new double[] {5, 1, 3, 2, 4}))
        .isEqualTo(new Interval(1, 5, 0.9375));
    Interval nine = Bootstrap.orderStatistics(new double[] {9, 1, 8, 2, 7, 3, 6, 4, 5});
    assertThat(nine.low()).isEqualTo(2);
    assertThat(nine.high()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({"5", "6", "7", "9", "12"})
  void orderStatisticsHoldTheMedianAsOftenAsTheySay(int n) {
    var random = new Random(n);
    int held = 0;
    double stated = 0;
    for (int i = 0; i < SAMPLES; i++) {
      Interval interval = Bootstrap.orderStatistics(normal(random, n));
      held += interval.holds(0) ? 1 : 0;
      stated = interval.coverage();
    }
    // Three standard errors of a share of 2,000.
    assertThat((double) held / SAMPLES).isCloseTo(stated, within(0.015));
  }

  @ParameterizedTest
  @CsvSource({"5, 0.92", "8, 0.92", "12, 0.92", "20, 0.92", "40, 0.92"})
  void theBootstrapHoldsTheMedianAboutAsOftenAsNominal(int n, double least) {
    var random = new Random(n);
    var bootstrap = new Bootstrap(20_261_101);
    int held = 0;
    for (int i = 0; i < SAMPLES; i++) {
      held += bootstrap.percentiles(normal(random, n)).holds(0) ? 1 : 0;
    }
    assertThat((double) held / SAMPLES).isBetween(least, 0.98);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] values = normal(new Random(3), 11);
    assertThat(new Bootstrap(5).percentiles(values))
        .isEqualTo(new Bootstrap(5).percentiles(values));
  }

  @Test
  void onlyOneInTwentyMediansOfEqualsIsFartherThanTheBand() {
    var random = new Random(8);
    double[] pool = normal(random, 2_000);
    double most = new Bootstrap(1).mostOfMedians(pool, 9);
    // A median of nine standard normals has a standard deviation of 0.408 (David and Nagaraja).
    assertThat(most).isCloseTo(1.96 * 0.408, within(0.05));
  }

  private static double[] normal(Random random, int n) {
    return random.doubles(n).map(ignored -> random.nextGaussian()).toArray();
  }
}
