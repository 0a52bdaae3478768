package shedlab.simulation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

  @Test
  void theTextOfACompilerReadsBack() {
    CompilerModel compiler = CompilerModel.read("work=4s,slow=10,after=2000");
    assertThat(compiler)
        .isEqualTo(new CompilerModel(10, 2_000, Duration.ofSeconds(4)))
        .hasToString("slow=10.0,after=2000,work=4s");
    assertThat(CompilerModel.read(compiler.toString())).isEqualTo(compiler);
    assertThat(CompilerModel.read("none")).isEqualTo(CompilerModel.NONE).hasToString("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "slow=10",
        "slow=0.5,after=1,work=1s",
        "slow=10,after=0,work=1s",
        "slow=9,after=1,work=0s"
      })
  void whatIsNoCompilerIsRefused(String text) {
    assertThatThrownBy(() -> CompilerModel.read(text)).isInstanceOf(SpecException.class);
  }

  @Test
  void theMostWorkIsTheSpeedOverTime() {
    CompilerModel compiler = CompilerModel.read("slow=10,after=1,work=100ns");
    double sum = 0;
    for (int step = 0; step < 200_000; step++) {
      sum += compiler.speed((step + 0.5) / 1_000) / 1_000;
      if (step == 49_999 || step == 199_999) {
        assertThat(compiler.mostWork((step + 1) / 1_000.0)).isCloseTo(sum, within(1e-6));
      }
    }
    assertThat(CompilerModel.NONE.mostWork(200)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "None",
        "every=2s",
        "every=2s,pause=2s",
        "every=2s,pause=0s",
        "every=2s,at=1s"
      })
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
