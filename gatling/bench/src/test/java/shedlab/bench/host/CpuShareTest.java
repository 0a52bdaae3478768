package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuShareTest {
  @Test
  void isAQuotaInShortPeriodsOrWhatANeighbourTakes() {
    assertThat(new CpuShare(0.5).quotaMicros(1)).isEqualTo(5_000);
    assertThat(new CpuShare(0.25).quotaMicros(2)).isEqualTo(5_000);
    assertThat(new CpuShare(0.5).taken(3)).isEqualTo(1.5);
  }

  @Test
  void aFullShareIsNoQuota() {
    assertThat(new CpuShare(1).whole()).isTrue();
    assertThat(new CpuShare(1).quotaMicros(4)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.19, 1.01, -1, Double.NaN})
  void refusesAShareThatCannotBeKept(double share) {
    assertThatThrownBy(() -> new CpuShare(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cpu-share: " + share + " (expected: a number from 0.2 to 1)");
  }
}
