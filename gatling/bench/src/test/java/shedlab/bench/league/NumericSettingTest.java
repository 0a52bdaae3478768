package shedlab.bench.league;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

class NumericSettingTest {
  private static Strategy strategy(String text) {
    return Strategies.builtIn().parse(text);
  }

  private static NumericSetting named(Strategy strategy, String name) {
    return NumericSetting.of(strategy).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyNumberOfAStrategyHasThePieceInItsName() {
    assertThat(NumericSetting.of(strategy("fixed:limit=4+fifo:capacity=16,timeout=125ms")))
        .extracting(each -> each.name() + "=" + each.value())
        .contains("fixed limit=4", "fifo capacity=16", "fifo timeout=125ms");
  }

  @Test
  void aTunedProfileShowsItsNumbers() {
    Strategy tuned = strategy("aimd:profile=tuned,deadline=250ms,workers=4");

    assertThat(tuned.toString()).doesNotContain("profile");
    assertThat(NumericSetting.of(tuned))
        .extracting(NumericSetting::name)
        .contains("aimd max", "aimd timeout");
  }

  @Test
  void aStrategyWithoutNumbersHasNone() {
    assertThat(NumericSetting.of(strategy("none"))).isEmpty();
  }

  @Test
  void oneNumberIsMultipliedAndAllOthersStay() {
    Strategy queue = strategy("fixed:limit=4+fifo:capacity=16,timeout=125ms");
    Strategy longer = strategy(named(queue, "fifo timeout").in(queue, 1.4));

    assertThat(longer.toString())
        .isEqualTo(queue.toString().replace("timeout=125ms", "timeout=175ms"));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0.5, 2",
    "3, 0.7, 2",
    "1, 0.5, 1",
    "0.9, 0.5, 0.45",
    "1.0E-4, 2, 2.0E-4",
    "125ms, 0.7, 87500us",
    "125ms, 2, 250ms",
    "30s, 2, 1min",
    "1s, 1.4, 1400ms",
    "83333us, 1.4, 116700us",
    "5%, 0.5, 2.5%",
    "266.67/s, 2, 533.3/s"
  })
  void aValueKeepsItsKind(String value, double factor, String product) {
    assertThat(new NumericSetting("any key", value, 0).times(factor)).isEqualTo(product);
  }

  @Test
  void everyBuiltInDefaultCanBeReadBackWhereItIsNotMultiplied() {
    List<String> texts =
        List.of("vegas", "gradient2", "aimd", "brpc", "envoy", "failsafe", "breakwater");
    for (String text : texts) {
      Strategy strategy = strategy(text);
      for (NumericSetting setting : NumericSetting.of(strategy)) {
        assertThat(Objects.requireNonNull(strategy(setting.in(strategy, 1))))
            .as(setting.name())
            .isEqualTo(strategy);
      }
    }
  }
}
