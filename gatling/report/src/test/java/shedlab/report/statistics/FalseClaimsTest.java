package shedlab.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FalseClaimsTest {
  @Test
  void aClaimAmongManyIsLessCertainThanAlone() {
    // The example of the paper's rule, by hand: p * claims / rank, never above a less clear one.
    assertThat(FalseClaims.shares(new double[] {0.01, 0.5, 0.02, 0.03}))
        .containsExactly(new double[] {0.04, 0.5, 0.04, 0.04}, within(1e-12));
    assertThat(FalseClaims.shares(new double[] {0.04})).containsExactly(0.04);
    assertThat(FalseClaims.shares(new double[] {})).isEmpty();
  }

  @Test
  void whatHasNoProbabilityIsNoClaim() {
    assertThat(FalseClaims.shares(new double[] {Double.NaN, 0.01})).containsExactly(1, 0.02);
  }
}
