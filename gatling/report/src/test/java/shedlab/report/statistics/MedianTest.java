package shedlab.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.DoubleSummaryStatistics;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MedianTest {
  private static final int DRAWN = 40_000;

  @Test
  void theRangeOfValuesHoldsTheirTrueMedianAsOftenAsIsSaid() {
    var random = new Random(9);
    for (int values = 1; values <= 6; values++) {
      int held = 0;
      for (int i = 0; i < DRAWN; i++) {
        DoubleSummaryStatistics range =
            random.doubles(values).map(value -> value * value).summaryStatistics();
        held += range.getMin() <= 0.25 && 0.25 <= range.getMax() ? 1 : 0;
      }

      assertThat((double) held / DRAWN).isCloseTo(Median.confidence(values), within(0.01));
    }
  }

  @Test
  void onlySixRunsAreANinetyFivePercentInterval() {
    assertThat(Median.confidence(5)).isLessThan(0.95);
    assertThat(Median.confidence(6)).isGreaterThan(0.95);
  }
}
