package shedlab.report.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConditionTest {
  @Test
  void itsWordsNameAVariantOnlyIfItIsNotThePlainOne() {
    assertThat(new Condition("netty", "none", "", 2).words()).isEqualTo("netty with `none` at 2x");
    assertThat(new Condition("jetty", "fixed:limit=4", "impatient", 1.2).words())
        .isEqualTo("jetty with `fixed:limit=4` at 1.2x, impatient");
  }
}
