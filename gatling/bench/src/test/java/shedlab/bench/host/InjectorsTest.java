package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InjectorsTest {
  /** What a load generator needs between the moment at which it is told and zero. */
  private static final Duration LEAST = Duration.ofMillis(1_250);

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "4, 200", "16, 100", "64, 500"})
  void theLastOfManyIsToldInTimeHoweverLateTheyAnswer(int generators, long answerMillis) {
    long told = Duration.ofMillis(generators * answerMillis).toNanos();
    long asked = 10 * told; // ten exchanges with each clock

    assertThat(Injectors.aheadNanos(asked) - told).isGreaterThanOrEqualTo(LEAST.toNanos());
    assertThat(Injectors.aheadNanos(asked)).isLessThanOrEqualTo(Injectors.AHEAD_NANOS + asked);
  }
}
