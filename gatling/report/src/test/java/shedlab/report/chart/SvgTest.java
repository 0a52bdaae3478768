package shedlab.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SvgTest {
  private static String exactly(double value) {
    return BigDecimal.valueOf(value)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  @Test
  void aCoordinateIsRoundedHalfUpInDecimal() {
    assertThat(Svg.n(0.05)).isEqualTo("0.1");
    assertThat(Svg.n(-0.05)).isEqualTo("-0.1");
    assertThat(Svg.n(-0.04)).isEqualTo("0");
    assertThat(Svg.n(2.15)).isEqualTo("2.2"); // less in binary
    assertThat(Svg.n(1_000)).isEqualTo("1000");
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double any = 1_000 * random.nextGaussian();
      double tie = (2 * random.nextInt(100_000) - 100_000 + 1) * 0.05;
      double large = 1e9 * random.nextGaussian();
      for (double value : new double[] {any, tie, Math.nextUp(tie), Math.nextDown(tie), large}) {
        assertThat(Svg.n(value)).isEqualTo(exactly(value));
      }
    }
  }
}
