package shedlab.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KendallTest {
  private static double tau(double[] first, double[] second) {
    List<double[]> pairs = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      pairs.add(new double[] {first[i], second[i]});
    }
    return Kendall.tauB(pairs);
  }

  @Test
  void theSameOrderIsOneAndTheReverseMinusOne() {
    assertThat(tau(new double[] {1, 2, 3, 4}, new double[] {10, 20, 30, 40})).isEqualTo(1);
    assertThat(tau(new double[] {1, 2, 3, 4}, new double[] {4, 3, 2, 1})).isEqualTo(-1);
  }

  /** The example of the documentation of SciPy. */
  @Test
  void tiesAreTakenIntoAccount() {
    assertThat(tau(new double[] {12, 2, 1, 12, 2}, new double[] {1, 4, 7, 1, 0}))
        .isCloseTo(-0.471404520791, within(1e-9));
  }

  @Test
  void withoutAnyOrderThereIsNoFigure() {
    assertThat(tau(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isNaN();
  }
}
