package shedlab.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.bench.setting.Settings;
import shedlab.spec.SpecException;

class StrategyTemplateTest {
  private static final StrategyTemplate TEMPLATE =
      new StrategyTemplate(
          Settings.of(
              Map.of(
                  "question",
                  "?",
                  "servers",
                  "netty",
                  "strategies",
                  "none",
                  "loads",
                  "1",
                  "measure",
                  "5s",
                  "deadline",
                  "100ms",
                  "workers-per-cpu",
                  "3")),
          2);

  @Test
  void fillsInAllButTheCapacity() {
    assertThat(TEMPLATE.fill("a:b=${cpus},c=${workers},d=${workers*4},e=${deadline}"))
        .isEqualTo("a:b=2,c=6,d=24,e=100ms");
    assertThat(TEMPLATE.fill("clairvoyant:rate=${capacity}/s"))
        .isEqualTo("clairvoyant:rate=${capacity}/s");
    assertThat(StrategyTemplate.withCapacity("clairvoyant:rate=${capacity}/s", 217.456))
        .isEqualTo("clairvoyant:rate=217.46/s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${cores}", "${}", "${workers*}", "${workers * 4}", "${workers*-1}"})
  void anUnknownVariableIsRefusedInOneLine(String variable) {
    assertThatThrownBy(() -> TEMPLATE.fill("fixed:limit=" + variable))
        .isInstanceOf(SpecException.class)
        .hasMessage(
            "strategies: fixed:limit="
                + variable
                + " (expected: ${cpus}, ${workers}, ${deadline} or ${capacity})");
  }
}
