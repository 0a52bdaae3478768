package shedlab.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void oneMeanInTwentyIsFartherFromZero() {
    double[] pool = new Random(3).doubles(5_000, -1, 1).toArray();

    // The mean of 12 values from -1 to 1 is nearly normal with a standard deviation of 1/6.
    assertThat(new Bootstrap(1).mostOfMeans(pool, 12)).isCloseTo(1.96 / 6, within(0.02));
  }

  @Test
  void theSameSeedGivesTheSameFigure() {
    double[] pool = {0.01, -0.02, 0.03};

    assertThat(new Bootstrap(5).mostOfMeans(pool, 4))
        .isEqualTo(new Bootstrap(5).mostOfMeans(pool, 4));
  }
}
