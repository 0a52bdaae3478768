package shedlab.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

class RetryAfterTest {
  private static final Parameter<RetryAfter> KEY = RetryAfter.parameter("retry-after", "");

  @Test
  void aConstantIsSaidWhateverTheGateHas() {
    RetryAfter constant = KEY.read("7");

    assertThat(constant.seconds(0, 0)).isEqualTo(7);
    assertThat(constant.seconds(100, 1)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "0,     1,  2",
    "0.2,   1,  2",
    "1,     1,  2",
    "1.001, 2,  4",
    "4.2,   5, 10",
    "19.5, 20, 30",
    "1e9,  30, 30"
  })
  void theDrainTimeIsRoundedUpAndAtMostDoubled(double drain, int least, int most) {
    List<Integer> said =
        LongStream.range(0, 10_000).mapToObj(i -> RetryAfter.DRAIN.seconds(drain, i)).toList();

    assertThat(said).contains(least, most);
    assertThat(said).allMatch(seconds -> seconds >= least && seconds <= most);
  }

  @Test
  void allValuesAreEquallyLikely() {
    double mean =
        LongStream.range(0, 100_000).map(i -> RetryAfter.DRAIN.seconds(4.2, i)).average().orElse(0);

    assertThat(mean).isCloseTo(7.5, within(0.03));
  }

  @Test
  void theSameRefusalGetsTheSameValue() {
    assertThat(RetryAfter.DRAIN.seconds(9, 42)).isEqualTo(RetryAfter.DRAIN.seconds(9, 42));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "30", "drain"})
  void itsTextIsReadBack(String text) {
    assertThat(KEY.read(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "31", "-1", "1.5", "1s", "soon", "DRAIN"})
  void anyOtherTextIsRefused(String text) {
    assertThatThrownBy(() -> KEY.read(text))
        .isInstanceOf(SpecException.class)
        .hasMessage("retry-after: " + text + " (expected: whole seconds from 1 to 30, or drain)");
  }
}
