package shedlab.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void quantilesAreWithinTheirError() {
    Random random = new Random(1);
    for (int run = 0; run < 200; run++) {
      Histogram histogram = new Histogram(5);
      long[] values = new long[1 + random.nextInt(500)];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextLong() >>> (1 + random.nextInt(62));
        histogram.record(values[i]);
      }
      Arrays.sort(values);
      for (double share : new double[] {0, 0.1, 0.5, 0.9, 0.99, 1}) {
        double exact = (double) values[(int) Math.max(1, Math.ceil(share * values.length)) - 1];
        assertThat(histogram.quantile(share)).isCloseTo(exact, within(exact / 62.0 + 0.5));
      }
    }
  }

  @Test
  void remembersNothingOfWhatItHeldBeforeClear() {
    Random random = new Random(1);
    Histogram used = new Histogram(7);
    for (int run = 0; run < 200; run++) {
      Histogram fresh = new Histogram(7);
      for (int i = random.nextInt(50); i >= 0; i--) {
        long value = random.nextLong() >>> (1 + random.nextInt(62));
        used.record(value);
        fresh.record(value);
      }
      assertThat(used.total()).isEqualTo(fresh.total());
      for (double percent : new double[] {0, 10, 50, 99, 100}) {
        assertThat(used.percentile(percent)).isEqualTo(fresh.percentile(percent));
      }
      used.clear();
    }
  }

  @Test
  void isEmptyAfterClear() {
    Histogram histogram = new Histogram(5);
    histogram.record(1_000);
    histogram.clear();
    histogram.record(7);

    assertThat(histogram.total()).isEqualTo(1);
    assertThat(histogram.quantile(1)).isEqualTo(7.0);
  }
}
