package shedlab.simulation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.spec.SpecException;

class HostTextsTest {
  @Test
  void theCanonicalTextReadsBack() {
    CollectorModel collector = CollectorModel.read("pause=20ms,every=2s");
    assertThat(collector)
        .isEqualTo(new CollectorModel(Duration.ofSeconds(2), Duration.ofMillis(20)))
        .hasToString("every=2s,pause=20ms");
    assertThat(CollectorModel.read(collector.toString())).isEqualTo(collector);
    assertThat(CollectorModel.read("none")).isEqualTo(CollectorModel.NONE).hasToString("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "None", "every=2s", "every=2s,pause=2s", "every=2s,pause=0s", "every=2s,at=1s"})
  void whatIsNoCollectorIsRefused(String text) {
    assertThatThrownBy(() -> CollectorModel.read(text)).isInstanceOf(SpecException.class);
  }

  @Test
  void aPauseBeginsAfterEveryPeriod() {
    CollectorModel collector = CollectorModel.read("every=10ns,pause=3ns");
    for (long now : new long[] {0, 2, 9, 13, 19}) {
      assertThat(collector.pausedAt(now)).as("at %s", now).isFalse();
    }
    for (long now : new long[] {10, 12, 20, 22}) {
      assertThat(collector.pausedAt(now)).as("at %s", now).isTrue();
    }
  }
}
