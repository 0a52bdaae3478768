package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Policer;

class RejectAllPolicerTest extends PolicerContract {
  @Override
  protected Policer fresh() {
    return new RejectAllPolicer();
  }

  @Override
  protected boolean everAdmits() {
    return false;
  }

  @Test
  void admitsNobody() {
    assertThat(fresh().admits(arrival(0), new View(), 0)).isFalse();
  }
}
